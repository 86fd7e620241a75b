"""The index of names: who drafted, submitted, decided or was proposed within one's reach, by given name."""

from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, TextField, Value, When

from accounts.models import Appointment, User
from vietnamese.text import nfc
from workflow.models import Dossier, NameEntry
from workflow.search import tokens
from workflow.search.counted import Counted

PER_PAGE = 30
MAX_DOSSIERS_COUNTED = 100  # dossiers of one person; more are "100+"
LETTERS = {
    "A": "a", "Ă": "a~", "Â": "a~~", "B": "b", "C": "c", "D": "d", "Đ": "d~", "E": "e", "Ê": "e~", "F": "f", "G": "g",
    "H": "h", "I": "i", "J": "j", "K": "k", "L": "l", "M": "m", "N": "n", "O": "o", "Ô": "o~", "Ơ": "o~~", "P": "p",
    "Q": "q", "R": "r", "S": "s", "T": "t", "U": "u", "Ư": "u~", "V": "v", "W": "w", "X": "x", "Y": "y", "Z": "z",
}  # fmt: skip
FOREIGN = frozenset("FJWZ")  # shown only when somebody bears one


@dataclass(frozen=True)
class Letter:
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
class Page:
    people: list[Person]
    after: str  # where the next page begins; empty on the last


def letters(user) -> list[Letter]:
    """Every letter and whether a name within reach begins with it: one query that stops at the first of each."""
    rows = NameEntry.objects.within_reach_of(user)
    begun = [Exists(rows.filter(letter=key)) for key in LETTERS.values()]
    found = User.objects.filter(pk=user.pk).values_list(*begun).get()
    pairs = zip(LETTERS, found, strict=True)
    return [Letter(sign, any_) for sign, any_ in pairs if any_ or sign not in FOREIGN]


def page(user, letter: str, *, after: str = "") -> Page:
    """The people of one letter from a place on; each once, wherever they appear."""
    once = ["sort_key", "name", "user_id"]
    rows = NameEntry.objects.within_reach_of(user).filter(letter=LETTERS.get(letter, "a"), sort_key__gt=nfc(after))
    rows = rows.order_by(*once).distinct(*once).select_related("user", "unit")
    found = list(rows[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    if len(found) > PER_PAGE:  # people of exactly the same name stay on one page
        whole = [row for row in shown if row.sort_key != found[-1].sort_key]
        shown = whole or shown
    return Page(_people(user, shown), shown[-1].sort_key if len(found) > PER_PAGE else "")


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
    held = Appointment.objects.in_force().filter(user__in={row.user_id for row in rows if row.user_id})
    return {post.user_id: post for post in held.select_related("unit").order_by("-pk")}


def _counts(user, rows: list[NameEntry]) -> list[int]:
    """How many dossiers each had to do with that may be seen, counted to a bound: one plan, asked for each of them."""
    seen = Dossier.objects.visible_to(user).order_by().filter(search_entry__words__holds=OuterRef("mark"))
    marks = [When(pk=row.pk, then=Value(tokens.quoted(_mark(row)))) for row in rows]
    if not marks:
        return []
    marked = NameEntry.objects.filter(pk__in=[row.pk for row in rows])
    marked = marked.annotate(mark=Case(*marks, output_field=TextField()))
    number = dict(
        marked.annotate(number=Counted(seen.values("pk")[: MAX_DOSSIERS_COUNTED + 1])).values_list("pk", "number")
    )
    return [number[row.pk] for row in rows]


def _mark(row: NameEntry) -> str:
    return tokens.person(row.user_id) if row.user_id else tokens.named(row.name)
