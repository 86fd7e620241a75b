"""The form of what is said once for many dossiers."""

from copy import deepcopy
from hashlib import sha256

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.decisions.catalogue import DEFINITIONS
from workflow.decisions.form import CARRIED, DecisionForm
from workflow.decisions.onward.review import PREFIX
from workflow.states import Verb

AFFIRMED = "affirmed-"


class SharedForm(forms.Form):
    """What is said once for many dossiers: a verb's own fields, and each item of their checklists to be affirmed."""

    def __init__(self, verb: Verb, papers: list, data=None):
        super().__init__(data)
        requested = {} if verb == Verb.CLAIM else DEFINITIONS[verb].form.base_fields
        self.fields = {name: deepcopy(field) for name, field in requested.items() if name not in CARRIED}
        self.items = [self._affirm(code, sentence) for code, sentence in _items(papers, verb)]
        self.order_fields([name for name in self.fields if name not in DecisionForm.ends_with])

    def _affirm(self, code: str, sentence: str) -> str:
        name = item_name(code, sentence)
        messages = {"required": _("Please confirm it, or leave out the dossiers that do not meet it.")}
        self.fields[name] = forms.BooleanField(label=sentence, error_messages=messages)
        return name

    def affirmations(self) -> list:
        return [self[name] for name in self.items]

    def words(self) -> list:
        return [self[name] for name in self.fields if name not in self.items]

    def answers_for(self, paper, data) -> dict[str, str]:
        """The shared answers as this paper's own form would carry them."""
        answers = {name: data.get(name, "") for name in self.fields if name not in self.items}
        for code, sentence in paper.checklist if self.items else ():
            answers[PREFIX + code] = "yes" if data.get(item_name(code, sentence)) else ""
        return answers


def item_name(code: str, sentence: str) -> str:
    """Two campaigns may word an item of one code differently: each wording is affirmed by itself."""
    return AFFIRMED + sha256(f"{code}:{sentence}".encode()).hexdigest()[:12]


def _items(papers: list, verb: Verb) -> list[tuple[str, str]]:
    """(code, sentence) of every checklist here, each once, in their order."""
    return list(dict.fromkeys(item for paper in papers for item in paper.checklist)) if verb == Verb.REVIEW else []
