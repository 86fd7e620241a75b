"""WHAT: campaigns and their outlines, reports, award nominations, files, and the letters that carry them upwards."""
