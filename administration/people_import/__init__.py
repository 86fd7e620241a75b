"""The roster: units, people and appointments from one workbook, shown row by row, then imported whole or not at all.

`package` and `reading` open the file without trusting it; `units`, `people` and `appointments` each say what their rows
come to and carry it out; `planning` puts the three together; `importing` is the one transaction, run by the worker.
"""
