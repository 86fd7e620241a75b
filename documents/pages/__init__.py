"""The pages of WHAT: lists, editors, campaigns, outgoing papers. A page a function, grouped by noun."""
