"""IN: what comes from outside, taken for what it is: uploaded files and pasted text."""
