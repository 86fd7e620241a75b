"""Are the guards of the record installed, awake and what the program says: read from the database's own catalogue."""
