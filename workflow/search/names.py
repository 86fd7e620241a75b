"""The index of names: who drafted, submitted, decided or was proposed within one's reach, by given name."""

from dataclasses import dataclass

from django.db import connection

from accounts.compiled import written
from accounts.models import Appointment
from vietnamese.text import nfc
from workflow.models import Dossier, NameEntry
from workflow.search import tokens

PER_PAGE = 30
MAX_DOSSIERS_COUNTED = 100  # dossiers of one person; more are "100+"
SOME = 500  # dossiers of one person, among which that many can mostly be seen
LETTERS = {
    "A": "a", "Ă": "a~", "Â": "a~~", "B": "b", "C": "c", "D": "d", "Đ": "d~", "E": "e", "Ê": "e~", "F": "f", "G": "g",
    "H": "h", "I": "i", "J": "j", "K": "k", "L": "l", "M": "m", "N": "n", "O": "o", "Ô": "o~", "Ơ": "o~~", "P": "p",
    "Q": "q", "R": "r", "S": "s", "T": "t", "U": "u", "Ư": "u~", "V": "v", "W": "w", "X": "x", "Y": "y", "Z": "z",
}  # fmt: skip
FOREIGN = frozenset("FJWZ")  # shown only when somebody bears one

# Written out: to compose these anew for every letter and every person took longer than all else.
BEGUN = """
SELECT letter, (
    SELECT true FROM ({entries}) AS entry WHERE entry.letter = alphabet.letter ORDER BY sort_key LIMIT 1
) FROM unnest(%s::text[]) AS alphabet (letter)"""

# Some of a person's dossiers, found by their keys, will do unless most of very many may not be seen.
COUNTS = """
WITH sampled AS MATERIALIZED (
    SELECT place, mark, ARRAY(SELECT dossier_id FROM workflow_searchentry WHERE words @@ mark LIMIT {some}) AS pks
    FROM unnest(%s::tsquery[]) WITH ORDINALITY AS requested (mark, place)
), among AS MATERIALIZED (
    SELECT sampled.*, (
        SELECT count(*) FROM (SELECT FROM ({seen}) AS seen WHERE pk = ANY (pks) LIMIT {most}) AS counted) AS number
    FROM sampled
)
SELECT CASE WHEN number = {most} OR cardinality(pks) < {some} THEN number ELSE (
    SELECT count(*) FROM (
        SELECT FROM ({seen}) AS seen JOIN workflow_searchentry ON dossier_id = pk WHERE words @@ mark LIMIT {most}
    ) AS counted
) END FROM among ORDER BY place"""


@dataclass(frozen=True)
class Initial:
    sign: str
    any: bool


@dataclass(frozen=True)
class Person:
    """One line of the index."""

    name: str
    url: str
    post: str
    unit: str
    dossiers: int

    @property
    def counted(self) -> str:
        return f"{MAX_DOSSIERS_COUNTED}+" if self.dossiers > MAX_DOSSIERS_COUNTED else str(self.dossiers)


@dataclass(frozen=True)
class NamesPage:
    people: list[Person]
    after: str  # where the next page begins; empty on the last


def letters(user) -> list[Initial]:
    """Every letter and whether a name within reach begins with it: one query that stops at the first of each."""
    entries, values = written(NameEntry.objects.within_reach_of(user).values("letter", "sort_key"))
    with connection.cursor() as cursor:
        cursor.execute(BEGUN.format(entries=entries), [*values, list(LETTERS.values())])
        begun = dict(cursor.fetchall())
    pairs = [(sign, bool(begun[key])) for sign, key in LETTERS.items()]
    return [Initial(sign, any_) for sign, any_ in pairs if any_ or sign not in FOREIGN]


def page(user, letter: str, *, after: str = "") -> NamesPage:
    """The people of one letter from a place on; each once, wherever they appear."""
    once = ["sort_key", "name", "user_id"]
    rows = NameEntry.objects.within_reach_of(user).filter(letter=LETTERS.get(letter, "a"), sort_key__gt=nfc(after))
    rows = rows.order_by(*once).distinct(*once).select_related("user", "unit")
    fetched = list(rows[: PER_PAGE + 1])
    shown = fetched[:PER_PAGE]
    if len(fetched) > PER_PAGE:  # people of exactly the same name stay on one page
        whole = [row for row in shown if row.sort_key != fetched[-1].sort_key]
        shown = whole or shown
    return NamesPage(_people(user, shown), shown[-1].sort_key if len(fetched) > PER_PAGE else "")


def _people(user, rows: list[NameEntry]) -> list[Person]:
    posts, counts = _posts(rows), _counts(user, rows)
    people = []
    for row, number in zip(rows, counts, strict=True):
        post = posts.get(row.user_id)
        unit = post.unit.name if post else row.unit.name
        people.append(Person(row.name, row.get_absolute_url(), post.post if post else "", unit, number))
    return [person for person in people if person.dossiers]


def _posts(rows) -> dict[int, Appointment]:
    """The first office each holds now."""
    appointments = Appointment.objects.in_force().filter(user__in={row.user_id for row in rows if row.user_id})
    return {post.user_id: post for post in appointments.select_related("unit").order_by("-pk")}


def _counts(user, rows: list[NameEntry]) -> list[int]:
    """How many dossiers each had to do with that may be seen, counted to a bound: one plan, asked for each of them."""
    seen, values = written(Dossier.objects.visible_to(user).values("pk"))
    marks = [tokens.quoted(_mark(row)) for row in rows]
    counts = COUNTS.format(seen=seen, some=SOME, most=MAX_DOSSIERS_COUNTED + 1)
    with connection.cursor() as cursor:
        cursor.execute(counts, [marks, *values, *values])
        return [number for (number,) in cursor]


def _mark(row: NameEntry) -> str:
    return tokens.person(row.user_id) if row.user_id else tokens.named(row.name)
