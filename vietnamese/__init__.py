"""Vietnamese text: folding, names, dates and numbers, and the fields that read them; everybody's ground floor."""
