"""A second kind of dossier, a request for hardship aid: all that the engine asks of a new kind, and nothing else."""
