"""The verbs that carry a dossier along its road."""
