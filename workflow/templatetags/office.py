"""What a template asks about the office."""

from django import template

from workflow.rights import sharing

register = template.Library()


@register.filter
def may_share(user, dossier) -> bool:
    """Does one of this person's own offices reach the dossier? No query."""
    return any(sharing.may_share(by, dossier) for by in user.authorities)
