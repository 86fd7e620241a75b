"""What people fill in: sections, figures, nominations, files and outgoing papers, read as an office types them."""
