"""The verbs that send a dossier back, take it back or stop it."""
