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
DISTRICT = people("reviewer@child committee@child signatory@child clerk@child auditor@child") | people(
    "reviewer@lent committee@lent signatory@lent clerk@lent auditor@lent"
)
CLERKS_OF_THE_DISTRICT = people("clerk@child clerk@lent")
SIGNATORIES_OF_THE_DISTRICT = people("signatory@child signatory@lent")
EVER_CLERK = people("clerk@own clerk@child clerk@below clerk@sibling clerk@foreign clerk@lent")
ASKED = OFFICES_THAT_SEE | people("""
    drafter@child approver@child
    drafter@sibling approver@sibling reviewer@sibling committee@sibling signatory@sibling clerk@sibling auditor@sibling
""")
SIBLING_DRAFTER = people("drafter@sibling")
KEEPS = people("administrator@own administrator@child administrator@lent")  # the dossier's unit lies in their reach
OFFICES = (
    frozenset(  # an office in force that reaches dossiers, of whatever unit
        actor for actor in EVERYBODY if "@" in actor
    )
    - ADMINISTERS
    - people("""
    drafter@ended approver@ended reviewer@ended committee@ended signatory@ended clerk@ended auditor@ended
    drafter@lapsed approver@lapsed reviewer@lapsed committee@lapsed signatory@lapsed clerk@lapsed auditor@lapsed
    administrator@ended administrator@lapsed
""")
)
LENDS = people("approver@own")  # the holder of the appointment that the form names
HOLDS = frozenset(actor for actor in EVERYBODY if actor.endswith(("@own", "@child", "@below", "@sibling", "@foreign")))
REVOKES = people("approver@own administrator@own administrator@child")  # a delegated administrator does not
EVER_APPROVE = people("approver@own approver@child approver@below approver@sibling approver@foreign approver@lent")
