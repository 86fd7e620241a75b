"""What nominations bring to the engine's pages."""

from django.urls import reverse

from documents.nominations.comparing import nomination_part
from documents.nominations.endorsement_form import BallotedEndorsement
from documents.nominations.nomination import AwardNomination
from documents.register import elsewhere
from workflow.kinds import Kind
from workflow.paper.place import Place
from workflow.states import Verb


def _forms(nomination: AwardNomination) -> dict:
    return {Verb.ENDORSE: BallotedEndorsement} if nomination.award.threshold else {}


def _place_address(nomination: AwardNomination, place: str) -> str:
    kind, code = Place.of(place)
    page = "documents:attachments" if kind == "file" else "documents:nomination-edit"
    anchor = f"#id_{code}" if kind == "field" else ""
    return reverse(page, args=[nomination.ref]) + anchor


NOMINATION = Kind(
    model=AwardNomination,
    template="papers/nomination.html",
    aside_template="papers/aside.html",
    edit_url_name="documents:edit",
    preview_url_name="documents:preview",
    forms=_forms,
    elsewhere=elsewhere.address,
    reads=nomination_part,
    place_address=_place_address,
)
