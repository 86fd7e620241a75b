"""Finding a dossier, a unit or a person by words without marks, by numbers and by name; rights start every query."""
