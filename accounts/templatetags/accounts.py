"""Template filters about people's browsers."""

from django.template import Library

from accounts.browsers import in_words

register = Library()
register.filter("browser", in_words)
