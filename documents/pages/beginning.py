"""Beginning a paper of a campaign."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from documents.campaigns.campaign import Campaign, campaigns_of
from documents.pages.finding import drafting_at


def campaign_and_drafter(user, pk: int, code: str):
    """The campaign and the capacity to draft for one of its units (or for its organiser); 404 to everybody else."""
    by = next((by for by in drafting_at(user) if by.unit.code == code), None)
    involved = Q(asked__code=code) | Q(organizer__code=code)
    campaigns = campaigns_of(user).filter(involved).distinct() if by else Campaign.objects.none()
    return get_object_or_404(campaigns.select_related("outline", "organizer"), pk=pk), by
