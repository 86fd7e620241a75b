"""Template filters that mark what was searched for."""

from django import template

from workflow.search import places

register = template.Library()


@register.filter
def marked(text, question):
    """The text with every word that was asked for inside <mark>."""
    return places.marked(text, question)
