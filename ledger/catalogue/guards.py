"""What each app says its guards are: read from the very SQL that its migrations install."""

import re
from dataclasses import dataclass, field

FUNCTION = re.compile(
    r"CREATE OR REPLACE FUNCTION (?P<name>\w+)\([^)]*\)(?P<how>[^$]*)\$(?P<tag>\w*)\$(?P<body>.*?)\$(?P=tag)\$",
    re.DOTALL,
)
TRIGGER = re.compile(r"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER (?P<name>\w+)[^;]*?\sON (?P<table>\w+)[^;]*;")
SETTING = re.compile(r"SET (\w+) = ((?:'[^']*'|\w+)(?:, (?:'[^']*'|\w+))*)")

QUOTED = re.compile(r"('(?:[^']|'')*')")
CAST = re.compile(r"::(?:character varying|timestamp with time zone|[a-z_]+)(?:\[\])?")
EVENTS = re.compile(r" (before|after) (.*?) on ")


@dataclass
class Guards:
    """Functions and triggers by name, and the tables they stand on."""

    functions: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)  # name -> body, settings
    triggers: dict[tuple[str, str], str] = field(default_factory=dict)  # (table, name) -> definition, made plain

    def add(self, sql: str) -> None:
        for match in FUNCTION.finditer(sql):
            settings = [f"{name.lower()}={value}".replace("'", "") for name, value in SETTING.findall(match["how"])]
            self.functions[match["name"]] = (match["body"], tuple(sorted(settings)))
        for match in TRIGGER.finditer(FUNCTION.sub("", sql)):
            self.triggers[match["table"], match["name"]] = plain(match[0])

    @property
    def tables(self) -> list[str]:
        return sorted({table for table, _name in self.triggers})


GUARDS = Guards()  # the apps add theirs when they are ready


def plain(definition: str) -> str:
    """A trigger as we write it and as PostgreSQL prints it, brought to one spelling."""
    parts = QUOTED.split(" ".join(definition.split()))
    text = "".join(part if number % 2 else part.lower() for number, part in enumerate(parts))
    text = text.removesuffix(";").replace("or replace ", "").replace("public.", "").replace(".*", "")
    text = CAST.sub("", text)
    text = EVENTS.sub(lambda match: f" {match[1]} {' or '.join(sorted(match[2].split(' or ')))} on ", text, count=1)
    text = re.sub(r"\brow\(", "(", text)
    parts = QUOTED.split(text)
    return " ".join("".join(p if n % 2 else re.sub(r"[()]", " ", p) for n, p in enumerate(parts)).split())
