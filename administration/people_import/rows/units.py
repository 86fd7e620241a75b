"""Rows about units: added, changed and moved at or below the administrator's own."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Authority, Unit, UnitKind
from accounts.units_named import with_codes
from administration.people_import.rows.outcomes import RowOutcome, refuse_twins
from administration.people_import.workbook.reading import WorkbookRow
from administration.units.changes import move
from ledger.append import RegistryEntry
from vietnamese.text import fold

PLAIN = ("name", "short_name", "symbol", "place", "address", "employer_head", "employer_head_title", "opened_on")
MAX_LEVELS = 60  # levels; the path of a unit holds 63
BATCH = 500
TWICE = gettext_noop("This is already in row %(row)s.")


class Units:
    """What the rows about units come to, and the tree as it will then stand."""

    def __init__(self, rows: list[WorkbookRow], requested: set[str], by: Authority):
        """`requested`: codes that other sheets name."""
        self.by = by
        self.kinds = {label: kind for kind in UnitKind.objects.all() for label in (fold(kind.code), fold(kind.name))}
        named = requested | {row.text("code") for row in rows} | {row.text("above") for row in rows}
        self.stored = {unit.code: unit for unit in with_codes(named).select_related("kind")}
        self.variants = {fold(code): code for code in self.stored}
        self.by_path = {unit.path: unit for unit in _above_all(self.stored.values())}
        self.outcomes = [self._outcome(row) for row in rows]
        self.planned = {outcome.target.code: outcome for outcome in reversed(self.outcomes) if outcome.target.code}
        refuse_twins(self.outcomes, lambda outcome: outcome.row.text("code").casefold() or None, "code", TWICE)
        for outcome in self.outcomes:
            self._place(outcome)

    def find(self, code: str) -> Unit | None:
        """The unit of this code as it is or will be."""
        return self.planned[code].target if code in self.planned else self.stored.get(code)

    def reaches(self, code: str) -> bool:
        """Whether the administrator's own unit is this one or stands above it, in the tree as it will be."""
        return self.by.unit.code in self._line(code)

    def _outcome(self, row: WorkbookRow) -> RowOutcome:
        code = row.text("code")
        stored = self.stored.get(code)
        if not stored and fold(code) in self.variants:
            row.wrong(
                "code",
                gettext_noop("“%(value)s” is stored as “%(stored)s”."),
                value=code,
                stored=self.variants[fold(code)],
            )
        outcome = RowOutcome(row, f"{code} – {row.text('name')}", stored or Unit(code=code), is_new=stored is None)
        for name in PLAIN:
            outcome.compare(name, getattr(outcome.target, name) if stored else "", row.values.get(name))
        self._kind(outcome)
        if stored and outcome.changes and not self.by.unit.covers(stored):
            row.wrong("code", _not_yours())
        return outcome

    def _kind(self, outcome: RowOutcome) -> None:
        label = outcome.row.text("kind")
        kind = self.kinds.get(fold(label))
        if label and not kind:
            outcome.row.wrong("kind", gettext_noop("“%(value)s” is not a kind of unit."), value=label)
        elif kind and kind.code != outcome.target.kind_id:
            outcome.changes["kind"] = (outcome.target.kind.name if outcome.target.kind_id else "", kind.name)

    def _place(self, outcome: RowOutcome) -> None:
        """The unit above: there, in reach, and not below this one itself."""
        code, row = outcome.target.code, outcome.row
        if not code or (not outcome.is_new and "above" not in row.values):
            return
        now, then = self._above_now(code), row.text("above")
        if outcome.is_new or then != now:
            self._check_place(outcome, now, then)
            outcome.changes["above"] = (now, then)

    def _check_place(self, outcome: RowOutcome, now: str, then: str) -> None:
        row, line = outcome.row, self._line(outcome.target.code)
        if not then:
            row.wrong(
                "above", gettext_noop("Only the topmost unit has no unit above it; it cannot be created by an import.")
            )
        elif not self.find(then):
            row.wrong("above", gettext_noop("No unit has the code “%(value)s”, here or in this file."), value=then)
        elif line[-1] in line[:-1]:
            circle = line[line.index(line[-1]) :]
            row.wrong(
                "above",
                gettext_noop("The units report to each other in a circle: %(circle)s."),
                circle=" → ".join(circle[:12]),
            )
        elif self.find(then).closed_on:
            row.wrong("above", gettext_noop("The unit “%(value)s” is closed."), value=then)
        elif len(line) > MAX_LEVELS:
            row.wrong(
                "above", gettext_noop("The tree would be more than %(limit)s levels deep."), limit=str(MAX_LEVELS)
            )
        elif self.by.unit.code not in line[1:] or (now and self.by.unit.code not in self._line_now(now)):
            row.wrong("above", _not_yours())

    def _line(self, code: str) -> list[str]:
        """This unit and all above it as they will stand; ends where it would go round in a circle."""
        line = [code]
        while (above := self._above_then(line[-1])) and len(line) <= MAX_LEVELS + 1:
            line.append(above)
            if above in line[:-1]:
                break
        return line

    def _above_then(self, code: str) -> str:
        planned = self.planned.get(code)
        if planned and "above" in planned.row.values:
            return planned.row.text("above")
        return self._above_now(code)

    def _above_now(self, code: str) -> str:
        unit = self.stored.get(code) or next((it for it in self.by_path.values() if it.code == code), None)
        above = self.by_path.get(unit.path[: -Unit.steplen]) if unit else None
        return above.code if above else ""

    def _line_now(self, code: str) -> list[str]:
        return [self.by_path[path].code for path in self.stored_or_above(code).paths_above()]

    def stored_or_above(self, code: str) -> Unit:
        return self.stored.get(code) or next(unit for unit in self.by_path.values() if unit.code == code)

    @property
    def moved(self) -> list[RowOutcome]:
        """Units that stand elsewhere afterwards."""
        return [outcome for outcome in self.outcomes if outcome.kind == "changed" and "above" in outcome.changes]

    def carry_out(self, tick) -> Iterator[RegistryEntry]:
        """Write them; yields what the registry chain is to say."""
        for outcome in self.outcomes:
            for name in outcome.changes.keys() & set(PLAIN):
                setattr(outcome.target, name, outcome.row.values[name])
            if "kind" in outcome.changes:
                outcome.target.kind = self.kinds[fold(outcome.row.text("kind"))]
        yield from self._add(tick)
        yield from self._change(tick)

    def _add(self, tick) -> Iterator[RegistryEntry]:
        """New units a level at a time, each at the next free place below its parent."""
        new = [outcome for outcome in self.outcomes if outcome.kind == "new"]
        levels: dict[int, list[RowOutcome]] = {}
        for outcome in new:
            levels.setdefault(self._new_above(outcome), []).append(outcome)
        for _level, level in sorted(levels.items()):
            self._settle(level)
            for start in range(0, len(level), BATCH):
                units = [outcome.target for outcome in level[start : start + BATCH]]
                bulk_create_with_history(units, Unit, batch_size=BATCH, default_user=self.by.person)
                tick(len(units))
        for outcome in new:
            texts = {"unit": outcome.target.name}
            yield RegistryEntry(
                "unit_opened", outcome.target, {"to": outcome.row.text("above")}, texts, (outcome.target,)
            )

    def _new_above(self, outcome: RowOutcome) -> int:
        """How many units that do not exist yet stand above this one."""
        return sum(
            1 for code in self._line(outcome.target.code)[1:] if code in self.planned and self.planned[code].is_new
        )

    def _settle(self, level: list[RowOutcome]) -> None:
        """Paths and depths of new children, and how many their parents now have."""
        parents = {}
        for outcome in level:
            code = outcome.row.text("above")
            parent = parents.setdefault(code, self.find(code))
            outcome.target.depth, outcome.target.above_code = parent.depth + 1, code
        last = _last_steps(parents.values())
        for outcome in level:
            parent = parents[outcome.row.text("above")]
            last[parent.path] += 1
            outcome.target.path = Unit._get_path(parent.path, parent.depth + 1, last[parent.path])
            parent.numchild += 1
        Unit.objects.bulk_update(parents.values(), ["numchild"], batch_size=BATCH)

    def _change(self, tick) -> Iterator[RegistryEntry]:
        changed = [outcome for outcome in self.outcomes if outcome.kind == "changed"]
        rewritten = [outcome.target for outcome in changed if outcome.changes.keys() - {"above"}]
        fields = [*PLAIN, "kind"]
        bulk_update_with_history(rewritten, Unit, fields, batch_size=BATCH, default_user=self.by.person)
        for outcome in sorted(
            self.moved, key=lambda outcome: len(self._line(outcome.target.code))
        ):  # from the top: never in a circle
            before, after = outcome.changes["above"]
            unit = Unit.objects.get(code=outcome.target.code)
            moved = move(unit, under=Unit.objects.get(code=after))
            yield RegistryEntry("unit_moved", moved, {"from": before, "to": after}, {"unit": moved.name}, (moved,))
        for outcome in changed:
            if fields_changed := sorted(outcome.changes.keys() - {"above"}):
                texts = {"unit": outcome.target.name, "unit_before": outcome.changes.get("name", ("",))[0]}
                yield RegistryEntry(
                    "unit_changed", outcome.target, {"fields": fields_changed}, texts, (outcome.target,)
                )
        tick(len(changed))


def _above_all(units) -> list[Unit]:
    paths = {path for unit in units for path in unit.paths_above()}
    return list(Unit.objects.filter(path__in=paths).only("code", "path"))


def _last_steps(parents) -> dict[str, int]:
    """The step of the last child below each parent; 0 where there is none."""
    last = {parent.path: 0 for parent in parents}
    for parent in parents:
        children = Unit.objects.filter(depth=parent.depth + 1, path__startswith=parent.path)
        newest = children.order_by("-path").values_list("path", flat=True).first()
        if newest:
            last[parent.path] = Unit._str2int(newest[-Unit.steplen :])
    return last


def _not_yours() -> str:
    return gettext_noop("This is neither your unit nor below it.")
