"""Every decision on a dossier: a file a verb, and what all of them share.

`onward` carries a dossier along its road, `back` sends, takes or stops it. `catalogue` lists the verbs, `deciding`
takes the decisions.
"""
