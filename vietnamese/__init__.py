"""Vietnamese text: folding, names, dates and numbers; everybody's ground floor."""
