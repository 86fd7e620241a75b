"""A test-only kind of dossier: the engine is tried on it, never on the product's papers."""
