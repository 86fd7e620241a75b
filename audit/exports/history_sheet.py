"""The record as rows of a workbook."""

from django.utils.translation import gettext as _

from audit.exports.workbook import ColumnHeading
from workflow.capacity import holder, own_post
from workflow.history.sentences import HistoryLine
from workflow.states import State, Verb


def columns() -> list[ColumnHeading]:
    return [
        ColumnHeading(_("No. in the record"), 10),
        ColumnHeading(_("When"), 17),
        ColumnHeading(_("Who"), 24),
        ColumnHeading(_("Post and unit"), 36),
        ColumnHeading(_("Acting for"), 24),
        ColumnHeading(_("Step"), 22),
        ColumnHeading(_("What"), 48),
        ColumnHeading(_("Dossier"), 48),
        ColumnHeading(_("Unit"), 32),
        ColumnHeading(_("State after"), 26),
        ColumnHeading(_("Version"), 9),
        ColumnHeading(_("Reason and points"), 60),
        ColumnHeading(_("As sole officer"), 12),
        ColumnHeading(_("Hash"), 20),
    ]


def row(line: HistoryLine) -> list:
    event, texts = line.event, line.event.texts
    return [
        event.seq,
        event.at,
        texts.get("actor", _("(erased)")),
        own_post(texts),
        holder(texts) if "acting_for" in texts else "",
        Verb(event.verb).label if event.verb in Verb.values else "",
        line.sentence,
        event.dossier.subject if event.dossier else "",
        event.unit.name if event.unit else "",
        State(event.to_state).label if event.to_state else "",
        event.version or None,
        "\n".join(map(str, [*filter(None, [line.quote]), *line.points])),
        _("yes") if event.sole_officer else "",
        line.hash,
    ]
