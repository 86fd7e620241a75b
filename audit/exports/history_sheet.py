"""The record as rows of a workbook."""

from django.utils.translation import gettext as _

from audit.exports.workbook import Column
from workflow.capacity import holder, own_post
from workflow.history.sentences import HistoryLine
from workflow.states import State, Verb


def columns() -> list[Column]:
    return [
        Column(_("No. in the record"), 10),
        Column(_("When"), 17),
        Column(_("Who"), 24),
        Column(_("Post and unit"), 36),
        Column(_("Acting for"), 24),
        Column(_("Step"), 22),
        Column(_("What"), 48),
        Column(_("Dossier"), 48),
        Column(_("Unit"), 32),
        Column(_("State after"), 26),
        Column(_("Version"), 9),
        Column(_("Reason and points"), 60),
        Column(_("As sole officer"), 12),
        Column(_("Hash"), 20),
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
