"""Rights start the query: what a person may not see is not there for them."""

from django.apps import apps
from django.db.models import Case, F, OuterRef, Subquery, When
from django.http import Http404

from workflow.models import Dossier, Version
from workflow.states import OPEN


def paper_or_404(user, ref):
    """The paper with all that its pages and the rules ask for, in two queries; 404 when this person may not see it."""
    kind = Dossier.objects.visible_to(user).filter(ref=ref).values_list("kind", flat=True).first()
    if kind is None:
        raise Http404
    before = Version.objects.filter(dossier=OuterRef("pk"), number=OuterRef("number_before"))
    rows = apps.get_model(kind).objects.with_situation().with_sealed_beside().with_content()
    rows = rows.select_related("unit", "handler").annotate(
        number_before=Case(When(state__in=OPEN, then=F("version")), default=F("version") - 1),
        content_before=Subquery(before.values("content")),
    )
    return rows.get(ref=ref)
