"""Who belongs together, written out by hand from DESIGN (who acts where); never computed from the product's rules."""

from tests.rights.cast import ACTORS


def people(names: str) -> frozenset[str]:
    """A set of actors from their names; a name that nobody bears is a mistake."""
    found = frozenset(names.split())
    assert found <= set(ACTORS), found - set(ACTORS)
    return found


EVERYBODY = frozenset(ACTORS)
OFFICES_THAT_SEE = people("""
    drafter@own approver@own reviewer@own committee@own signatory@own clerk@own auditor@own
    reviewer@child committee@child signatory@child clerk@child auditor@child
    drafter@lent approver@lent reviewer@lent committee@lent signatory@lent clerk@lent auditor@lent
""")
SEES = OFFICES_THAT_SEE | people("shared")
DRAFTS = people("drafter@own drafter@lent")
APPROVES = people("approver@own approver@lent")
REVIEWS = people("reviewer@own reviewer@child reviewer@lent")
SIGNS = people("signatory@own signatory@child signatory@lent")
KEEPS_RECORDS = people("clerk@own clerk@child clerk@lent")
ENDS = REVIEWS | KEEPS_RECORDS
ADMINISTERS = people(
    "administrator@own administrator@child administrator@below administrator@sibling administrator@foreign "
    "administrator@lent"
)
