"""HOW: the approval engine: dossiers, decisions and their record. Knows nothing of what is approved."""
