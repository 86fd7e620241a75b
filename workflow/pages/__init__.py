"""The pages of the engine: the desk, a dossier and its decisions, its history."""
