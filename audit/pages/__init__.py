"""The pages of the record; whatever is taken out is itself recorded."""
