"""PROOF: sealed events in chains, guarded by the database, checked by anyone. Knows not what a chain is about."""
