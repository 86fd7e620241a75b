"""Running the office: an administrator's pages, for what lies at or below their own unit."""

from uuid import uuid4

from tests.addresses import named
from tests.rights.groups import ADMINISTERS, EVERYBODY, KEEPS
from tests.rights.row import Row, get, nothing, post

LISTS = [
    "office", "people", "appointments", "person-new", "appointment-new", "units-found", "office-security",
    "office-health", "mails-sent", "people-import", "people-import-template",
]  # fmt: skip
REASON = {"note": "Có lý do."}


def keyed(**said):
    """What a form of the office carries: a key of its own each time."""
    return lambda world: {"key": str(uuid4())} | {name: _now(world, value) for name, value in said.items()}


def _now(world, value):
    return value(world) if callable(value) else value


def unit(world):
    return [world.office.school.pk]


def person(world):
    return [world.people["drafter@own"].ref]


def appointment(world):
    return [world.people["drafter@own"].appointments.get().ref]


def kept(name: str, args, sent, done: str = "302!", **more) -> list[Row]:
    """A page about something of the dossier's unit, and its form well filled in."""
    return [
        get(named(name), args, (KEEPS, "200"), (EVERYBODY, "404"), **more),
        post(named(name), args, sent, (KEEPS, done), (EVERYBODY, "404"), **more),
    ]


def acted(name: str, args, sent, done: str = "302!") -> Row:
    """Something done at an address that is only posted to."""
    return post(named(name), args, sent, (KEEPS, done), (EVERYBODY, "404"))


UNIT = {
    "code": "CD999", "kind": "union", "name": "CĐCS Mới", "short_name": "CĐCS Mới", "symbol": "CĐCS",
}  # fmt: skip
NAMES = {"name": "CĐCS Tên mới", "short_name": "Tên mới", "symbol": "CĐCS", "kind": "union"}
PERSON = {"username": "moi.den", "full_name": "Lê Thị Mới"}
ROWS = [
    *(get(named(name), nothing, (ADMINISTERS, "200"), (EVERYBODY, "404")) for name in LISTS),
    post("administration:people-import-current", nothing, lambda world: {}, (ADMINISTERS, "200!"), (EVERYBODY, "404")),
    post(
        "administration:people-import",
        nothing,
        lambda world: {"capacity": ""},
        (ADMINISTERS, "422"),
        (EVERYBODY, "404"),
    ),
    get("administration:people-import-one", lambda world: [world.imported.ref], (KEEPS, "200"), (EVERYBODY, "404")),
    post(
        "administration:people-import-confirmation",
        lambda world: [world.imported.ref],
        lambda world: {},
        (KEEPS, "302"),
        (EVERYBODY, "404"),
    ),
    *kept("unit-new", nothing, keyed(**UNIT), query=lambda world: f"?under={world.office.school.pk}"),
    get("administration:unit-new", nothing, (EVERYBODY, "404")),
    post("administration:person-new", nothing, keyed(**PERSON), (ADMINISTERS, "201!"), (EVERYBODY, "404")),
    post(
        "administration:appointment-new",
        nothing,
        keyed(
            user=lambda world: str(world.people["nobody"].ref),
            unit=lambda world: world.office.school.code,
            role="drafter",
            post="Cán bộ",
            starts_on="01/01/2026",
        ),
        (KEEPS, "302!"),
        (ADMINISTERS, "422"),
        (EVERYBODY, "404"),
    ),
    get("administration:unit", unit, (KEEPS, "200"), (EVERYBODY, "404")),
    *kept("unit-change", unit, keyed(**NAMES)),
    *kept("unit-move", unit, keyed(under=lambda world: world.office.school.code, **REASON), "422"),
    *kept("unit-closure", unit, keyed(**REASON), "422"),
    get("administration:person", person, (KEEPS, "200"), (EVERYBODY, "404")),
    *kept("person-change", person, keyed(username="drafter-own", full_name="Tên Khác")),
    *kept("person-deactivation", person, keyed(**REASON), "200!"),
    *kept("person-reactivation", person, keyed(**REASON), "422"),
    *kept("appointment-ending", appointment, keyed(**REASON), "200!"),
    get("administration:person-security", person, (KEEPS, "200"), (EVERYBODY, "404")),
    acted("person-password", person, keyed(**REASON), "200!"),
    acted("person-factors", person, keyed(**REASON), "409"),
    post(
        "administration:office-security",
        nothing,
        keyed(unit=lambda world: world.office.school.pk, step_up="on", **REASON),
        (KEEPS, "302!"),
        (ADMINISTERS, "422"),
        (EVERYBODY, "404"),
    ),
    acted("mail-again", lambda world: [world.mail.ref], lambda world: {}),
]
