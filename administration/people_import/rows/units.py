"""Rows about units: added, changed and moved at or below the administrator's own."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Authority, Unit, UnitKind
from accounts.units_named import with_codes
from administration.people_import.rows.outcomes import Outcome, refuse_twins
from administration.people_import.workbook.reading import Row
from administration.units.changes import move
from ledger.append import Deed
from vietnamese.text import fold

PLAIN = ("name", "short_name", "symbol", "place", "address", "employer_head", "employer_head_title", "opened_on")
DEEPEST = 60  # levels; the path of a unit holds 63
BATCH = 500
TWICE = gettext_noop("This is already in row %(row)s.")


class Units:
    """What the rows about units come to, and the tree as it will then stand."""

    def __init__(self, rows: list[Row], asked: set[str], by: Authority):
        """`asked`: codes that other sheets name."""
        self.by = by
        self.kinds = {said: kind for kind in UnitKind.objects.all() for said in (fold(kind.code), fold(kind.name))}
        named = asked | {row.said("code") for row in rows} | {row.said("above") for row in rows}
        self.stored = {unit.code: unit for unit in with_codes(named).select_related("kind")}
        self.variants = {fold(code): code for code in self.stored}
        self.by_path = {unit.path: unit for unit in _above_all(self.stored.values())}
        self.outcomes = [self._outcome(row) for row in rows]
        self.planned = {outcome.target.code: outcome for outcome in reversed(self.outcomes) if outcome.target.code}
        refuse_twins(self.outcomes, lambda found: found.row.said("code").casefold() or None, "code", TWICE)
        for outcome in self.outcomes:
            self._place(outcome)

    def find(self, code: str) -> Unit | None:
        """The unit of this code as it is or will be."""
        return self.planned[code].target if code in self.planned else self.stored.get(code)

    def reaches(self, code: str) -> bool:
        """Whether the administrator's own unit is this one or stands above it, in the tree as it will be."""
        return self.by.unit.code in self._line(code)

    def _outcome(self, row: Row) -> Outcome:
        code = row.said("code")
        stored = self.stored.get(code)
        if not stored and fold(code) in self.variants:
            row.wrong(
                "code",
                gettext_noop("“%(value)s” is stored as “%(stored)s”."),
                value=code,
                stored=self.variants[fold(code)],
            )
        found = Outcome(row, f"{code} – {row.said('name')}", stored or Unit(code=code), is_new=stored is None)
        for name in PLAIN:
            found.compare(name, getattr(found.target, name) if stored else "", row.values.get(name))
        self._kind(found)
        if stored and found.changes and not self.by.unit.covers(stored):
            row.wrong("code", _not_yours())
        return found

    def _kind(self, found: Outcome) -> None:
        said = found.row.said("kind")
        kind = self.kinds.get(fold(said))
        if said and not kind:
            found.row.wrong("kind", gettext_noop("“%(value)s” is not a kind of unit."), value=said)
        elif kind and kind.pk != found.target.kind_id:
            found.changes["kind"] = (found.target.kind.name if found.target.kind_id else "", kind.name)

    def _place(self, found: Outcome) -> None:
        """The unit above: there, in reach, and not below this one itself."""
        code, row = found.target.code, found.row
        if not code or (not found.is_new and "above" not in row.values):
            return
        now, then = self._above_now(code), row.said("above")
        if found.is_new or then != now:
            self._check_place(found, now, then)
            found.changes["above"] = (now, then)

    def _check_place(self, found: Outcome, now: str, then: str) -> None:
        row, line = found.row, self._line(found.target.code)
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
        elif len(line) > DEEPEST:
            row.wrong("above", gettext_noop("The tree would be more than %(limit)s levels deep."), limit=str(DEEPEST))
        elif self.by.unit.code not in line[1:] or (now and self.by.unit.code not in self._line_now(now)):
            row.wrong("above", _not_yours())

    def _line(self, code: str) -> list[str]:
        """This unit and all above it as they will stand; ends where it would go round in a circle."""
        line = [code]
        while (above := self._above_then(line[-1])) and len(line) <= DEEPEST + 1:
            line.append(above)
            if above in line[:-1]:
                break
        return line

    def _above_then(self, code: str) -> str:
        planned = self.planned.get(code)
        if planned and "above" in planned.row.values:
            return planned.row.said("above")
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
    def moved(self) -> list[Outcome]:
        """Units that stand elsewhere afterwards."""
        return [found for found in self.outcomes if found.kind == "changed" and "above" in found.changes]

    def carry_out(self, tick) -> Iterator[Deed]:
        """Write them; yields what the office's chain is to say."""
        for found in self.outcomes:
            for name in found.changes.keys() & set(PLAIN):
                setattr(found.target, name, found.row.values[name])
            if "kind" in found.changes:
                found.target.kind = self.kinds[fold(found.row.said("kind"))]
        yield from self._add(tick)
        yield from self._change(tick)

    def _add(self, tick) -> Iterator[Deed]:
        """New units a level at a time, each at the next free place below its parent."""
        new = [found for found in self.outcomes if found.kind == "new"]
        levels: dict[int, list[Outcome]] = {}
        for found in new:
            levels.setdefault(self._new_above(found), []).append(found)
        for _level, level in sorted(levels.items()):
            self._settle(level)
            for start in range(0, len(level), BATCH):
                units = [found.target for found in level[start : start + BATCH]]
                bulk_create_with_history(units, Unit, batch_size=BATCH, default_user=self.by.person)
                tick(len(units))
        for found in new:
            texts = {"unit": found.target.name}
            yield Deed("unit_opened", found.target, {"to": found.row.said("above")}, texts, (found.target,))

    def _new_above(self, found: Outcome) -> int:
        """How many units that do not exist yet stand above this one."""
        return sum(
            1 for code in self._line(found.target.code)[1:] if code in self.planned and self.planned[code].is_new
        )

    def _settle(self, level: list[Outcome]) -> None:
        """Paths and depths of new children, and how many their parents now have."""
        parents = {}
        for found in level:
            code = found.row.said("above")
            parent = parents.setdefault(code, self.find(code))
            found.target.depth, found.target.above_code = parent.depth + 1, code
        last = _last_steps(parents.values())
        for found in level:
            parent = parents[found.row.said("above")]
            last[parent.path] += 1
            found.target.path = Unit._get_path(parent.path, parent.depth + 1, last[parent.path])
            parent.numchild += 1
        Unit.objects.bulk_update(parents.values(), ["numchild"], batch_size=BATCH)

    def _change(self, tick) -> Iterator[Deed]:
        changed = [found for found in self.outcomes if found.kind == "changed"]
        rewritten = [found.target for found in changed if found.changes.keys() - {"above"}]
        fields = [*PLAIN, "kind"]
        bulk_update_with_history(rewritten, Unit, fields, batch_size=BATCH, default_user=self.by.person)
        for found in sorted(
            self.moved, key=lambda found: len(self._line(found.target.code))
        ):  # from the top: never in a circle
            before, after = found.changes["above"]
            unit = Unit.objects.get(code=found.target.code)
            moved = move(unit, under=Unit.objects.get(code=after))
            yield Deed("unit_moved", moved, {"from": before, "to": after}, {"unit": moved.name}, (moved,))
        for found in changed:
            if fields_changed := sorted(found.changes.keys() - {"above"}):
                texts = {"unit": found.target.name, "unit_before": found.changes.get("name", ("",))[0]}
                yield Deed("unit_changed", found.target, {"fields": fields_changed}, texts, (found.target,))
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
