"""The people import: a workbook of units, people and appointments, shown row by row, imported whole or not at all.

`package`, `excel` and `reading` open the file without trusting it; `units`, `people` and `appointments` each say what
their rows come to and carry it out; `planning` puts the three together; `checking` is the dry run and `importing` the
one transaction, both made by the worker; `retention` says how long a file is kept.
"""
