"""The demonstration: an invented office brought to life through the real actions, a dossier in every state."""
