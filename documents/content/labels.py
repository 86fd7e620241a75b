"""What a column of a model is called, where a page stands it before a value."""

from django.utils.text import capfirst


def label(model, name: str) -> str:
    return capfirst(str(model._meta.get_field(name).verbose_name))
