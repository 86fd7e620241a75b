"""The evidence: an append-only chain of sealed events a dossier, guarded by the database, checked by anyone.

Recorded here: who decided what, when, for whom, in which capacity, on which sealed version, why. Nothing is ever
written from a signal; `append` is called inside the deciding transaction.
"""
