"""A nomination's places: what stands there, what is still missing."""

from collections.abc import Iterator
from dataclasses import asdict

from django.utils.translation import gettext as _

from documents.attachments.attachment import Attachment
from documents.awards.award import Target
from workflow.drafting.editing import Missing

ABOUT = {
    Target.INDIVIDUAL: [
        "honorific", "full_name", "birth_year", "sex", "union_post", "professional_post", "workplace", "party_member",
    ],
    Target.COLLECTIVE: ["official_name", "members_total", "female_total"],
}  # fmt: skip
REQUIRED = {
    Target.INDIVIDUAL: ["full_name", "birth_year", "sex", "workplace"],
    Target.COLLECTIVE: ["official_name", "members_total"],
}
MERITS = ["achievement_summary", "achievement_report", "printed_citation"]
MEETING = ["met_on", "minutes_no"]
OPINIONS = {"employer_opinion": "employer_head", "party_opinion": "has_party_org"}  # asked where the unit has one
PUBLISHED = ["published_from", "published_to"]


class NominationParts:
    """What a nomination says, read as content, as what is missing and as places."""

    def __init__(self, nomination, previous_rows, attachments):
        self.nomination, self.previous, self.attachments = nomination, previous_rows, attachments

    def _fields(self) -> list[str]:
        """The text fields of this kind of nominee, in the order a reader meets them."""
        return [*ABOUT[Target(self.nomination.target)], *MERITS, *MEETING, *OPINIONS, *PUBLISHED]

    def content(self) -> dict[str, dict]:
        """Place -> what stands there; places where nothing stands are left out."""
        nomination = self.nomination
        award = {"code": nomination.award.code, "valid_from": nomination.award.valid_from.isoformat()}
        parts = {
            "general": {"subject": nomination.subject, "target": nomination.target},
            "field:award": award,
            **{f"field:{name}": {"value": _plain(self._value(name))} for name in self._fields() if self._has(name)},
        }
        if nomination.nominee_user:
            parts["field:nominee_user"] = {"ref": str(nomination.nominee_user.ref)}
        if nomination.tally:
            parts["field:ballot"] = asdict(nomination.tally)
        if self.previous:
            parts["field:previous_awards"] = {"rows": self.previous}
        return parts

    def _value(self, name: str):
        return getattr(self.nomination, name)

    def _has(self, name: str) -> bool:
        return self._value(name) not in (None, "")

    def missing(self) -> Iterator[Missing]:
        for name in self._required():
            if not self._has(name):
                yield Missing(f"field:{name}", _("Not filled in: %(field)s.") % {"field": self._label(name)})
        if not self._has("achievement_report") and not self._has_file(Attachment.Kind.ACHIEVEMENTS):
            yield Missing("field:achievement_report", _("The achievement report is neither written nor attached."))
        if self.nomination.tally is None:
            yield Missing("field:ballot", _("The ballot of the unit's meeting is not complete."))

    def _required(self) -> list[str]:
        unit = self.nomination.unit
        opinions = [name for name, body in OPINIONS.items() if getattr(unit, body)]
        return [*REQUIRED[Target(self.nomination.target)], "achievement_summary", *MEETING, *opinions]

    def _has_file(self, kind) -> bool:
        return any(file["kind"] == kind for file in self.attachments)

    def places(self) -> Iterator[tuple[str, str]]:
        yield "general", _("The whole nomination")
        yield "field:award", self._label("award")
        for name in self._fields():
            if name != "party_opinion" or self.nomination.unit.has_party_org:
                yield f"field:{name}", self._label(name)
        yield "field:ballot", _("Ballot of the unit's meeting")
        yield "field:previous_awards", _("Previous awards")
        for file in self.attachments:
            yield f"file:{file['sha256']}", file["name"]

    def _label(self, name: str) -> str:
        label = str(self.nomination._meta.get_field(name).verbose_name)
        return label[:1].upper() + label[1:]


def _plain(value) -> str | int | bool:
    return value if isinstance(value, (str, int, bool)) else value.isoformat()
