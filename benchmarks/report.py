"""What was measured: shown as it comes, kept as var/bench.json."""

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Report:
    """Figures by name, each `{value, unit, ratio, ratio_to}`."""

    figures: dict[str, dict] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def note(self, name: str, value, unit: str, *, ratio: float | None = None, ratio_to: str | None = None) -> None:
        self.figures[name] = {"value": value, "unit": unit, "ratio": ratio, "ratio_to": ratio_to}
        beside = f"   {ratio:.2f} x {ratio_to}" if ratio_to else ""
        print(f"{name:<44} {value:>10} {unit}{beside}", flush=True)

    def demand(self, met: bool, otherwise: str) -> None:
        """Keep what falls short for the end, so that the other figures are still measured."""
        if not met:
            self.missed.append(otherwise)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(self.figures, indent=2, ensure_ascii=False) + "\n")


def heading(text: str) -> None:
    print(f"\n== {text}", flush=True)


def show_sql(title: str, statements: list[str]) -> None:
    print(f"-- {title}: {len(statements)} statements")
    for number, statement in enumerate(statements, 1):
        print(f"{number:>3}. {' '.join(statement.split())}")
