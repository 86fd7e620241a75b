"""What is found in a PDF, told from one process to another: the words come later, in the reader's language."""


class Rejected(Exception):
    """The name of one of our reasons, and the words that belong in it."""
