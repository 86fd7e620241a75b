"""The command that writes the tables of states and rights in docs/."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from accounts.models import Role
from accounts.reach import OWN_UNIT, WHOLE_BRANCH
from workflow.decisions.catalogue import DEFINITIONS
from workflow.models.dossier_query import TURN
from workflow.models.steps import roles, sources, steps
from workflow.states import DRAFTING, FOUR_EYES, OPEN, State, Verb

MADE = "<!-- Made by `manage.py write_docs` from the code; a test compares the two. -->\n"
DECIDED = [verb for verb in Verb if verb not in DRAFTING | {Verb.CREATE}]
NOBODY = "–"


class Command(BaseCommand):
    help = "Write docs/states.md and docs/rights.md from the state machine and its rights."

    def handle(self, **options):
        for name, text in pages().items():
            (settings.BASE_DIR / "docs" / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """File name -> text, in English whatever the reader's language."""
    with translation.override("en"):
        return {"states.md": states(), "rights.md": rights()}


def states() -> str:
    """The states in the order of life, and the machine as a diagram."""
    rows = [[f"`{state}`", state.label, _whose_turn(state), "open" if state in OPEN else "sealed"] for state in State]
    return "\n".join(
        [
            "# The road of a dossier\n",
            MADE,
            *_table(["state", "label", "whose turn", "content"], rows),
            "\nA step in *italics* asks for a reason; **bold** ones are the three decisions under four eyes.\n",
            *_table(["verb", "from", "to", "who"], list(_steps())),
            "\n```mermaid",
            "stateDiagram-v2",
            "    [*] --> draft: create",
            *(f"    {before} --> {after}: {', '.join(verbs)}" for (before, after), verbs in _arrows().items()),
            "```\n",
        ]
    )


def rights() -> str:
    """Who may take which step from which state, and how far each role reaches."""
    head = ["verb", *(role.label for role in Role)]
    grid = [[f"`{verb}`", *(_from(verb, role) for role in Role)] for verb in DECIDED]
    edit = ["`edit`", *(_edited_by(role) for role in Role)]
    reach = [[role.label, *_reach(role)] for role in Role]
    return "\n".join(
        [
            "# Who may do what\n",
            MADE,
            "Rights come from appointments and delegations in force today; the rules of each step come on top.\n",
            *_table(head, [*grid, edit]),
            "\n## How far a role reaches\n",
            *_table(["role", "dossiers of its own unit", "dossiers of units below"], reach),
            "",
        ]
    )


def _steps():
    for verb, before, after, who in steps():
        mark = "**" if verb in FOUR_EYES else "*" if DEFINITIONS[verb].reason_required else ""
        target = "no change of state" if before == after else f"`{after}`"
        yield [f"{mark}{verb}{mark}", f"`{before}`", target, _listed(who)]


def _arrows() -> dict[tuple[str, str], list[str]]:
    verbs: dict[tuple[str, str], list[str]] = {}
    for verb, before, after, _who in steps():
        verbs.setdefault((before.value, after.value), []).append(verb.value)
    return verbs


def _listed(who) -> str:
    return ", ".join(str(role.label) for role in Role if role in who)


def _whose_turn(state: State) -> str:
    return str(TURN[state].label) if state in TURN else NOBODY


def _from(verb: Verb, role: Role) -> str:
    return ", ".join(f"`{state}`" for state in sources(verb) if role in roles(verb, state)) or NOBODY


def _edited_by(role: Role) -> str:
    return ", ".join(f"`{state}`" for state in State if state in OPEN) if role == Role.DRAFTER else NOBODY


def _reach(role: Role) -> tuple[str, str]:
    own, below = role in OWN_UNIT | WHOLE_BRANCH, role in WHOLE_BRANCH
    return ("yes" if own else "no"), ("yes" if below else "no")


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(str(cell) for cell in line)} |" for line in lines]
