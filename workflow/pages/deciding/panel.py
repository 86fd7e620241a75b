"""How the decision panel of a dossier's page is laid out: the main form, the return, the rest, and what is shut."""

from dataclasses import dataclass, field

from django.urls import reverse

from workflow.decisions.catalogue import VerbPage, page_of_verb
from workflow.decisions.effects import told_of
from workflow.decisions.form import DecisionForm
from workflow.decisions.offers import Offer, offers
from workflow.drafting.missing_parts import MissingGroup, missing_groups
from workflow.kinds import kind_of
from workflow.models.steps import roles
from workflow.states import FOUR_EYES, Verb

MAIN = (Verb.SUBMIT, Verb.APPROVE, Verb.REVIEW, Verb.ENDORSE, Verb.CONCLUDE, Verb.REOPEN)
SIGNED = FOUR_EYES | {Verb.SUBMIT}


@dataclass
class DecisionLine:
    """One decision on offer: its page, and its form where it is filled in right here."""

    offer: Offer
    verb_page: VerbPage
    url: str
    form: DecisionForm | None = None
    told: list[str] | None = None  # not asked unless something is signed

    @property
    def label(self) -> str:
        return self.verb_page.label

    @property
    def happens(self) -> str:
        return self.verb_page.happens

    @property
    def undone(self) -> str:
        return self.verb_page.undone


@dataclass
class Outgoing:
    """A step that is shut, or taken elsewhere: with the page for it where this kind of paper has one."""

    offer: Offer
    url: str
    missing_groups: list[MissingGroup] = field(default_factory=list)  # the reasons that have a place in the paper

    @property
    def verb(self) -> Verb:
        return self.offer.verb

    @property
    def reasons(self) -> list[str]:
        """Those that stand by themselves."""
        placed = {sentence for group in self.missing_groups for sentence, _url in group.missing}
        return [reason for reason in self.offer.reasons if reason not in placed]

    @property
    def number(self) -> int:
        return len(self.offer.reasons)


@dataclass
class Panel:
    """Everything this person can do to this dossier now, and why the rest cannot be done."""

    main: DecisionLine | None = None
    send_back: DecisionLine | None = None
    claim: DecisionLine | None = None
    others: list[DecisionLine] = field(default_factory=list)
    shut: list[Outgoing] = field(default_factory=list)  # of this state, with their reasons
    elsewhere: list[Outgoing] = field(default_factory=list)  # open, on a page of the kind
    not_now: list[Offer] = field(default_factory=list)  # of other states

    def __bool__(self):
        return bool(self.main or self.send_back or self.claim or self.others or self.shut or self.elsewhere)


def decision_panel(paper, user) -> Panel:
    """The offers to this person, each in its place; the main one and taking it up bring their forms."""
    panel, lines = Panel(), []
    for offer in offers(paper, user):
        if not roles(offer.verb, paper.state):
            panel.not_now.append(offer)
        elif not offer.open:
            panel.shut.append(_shut(offer, paper))
        elif (url := kind_of(paper).elsewhere(paper, offer.verb)) or page_of_verb(offer.verb) is None:
            panel.elsewhere.append(Outgoing(offer, url))
        else:
            lines.append(_line(offer, paper))
    for line in sorted(
        lines, key=lambda line: MAIN.index(line.verb_page.verb) if line.verb_page.verb in MAIN else len(MAIN)
    ):
        _place(panel, line)
    for line in filter(None, (panel.main, panel.claim)):
        line.form = line.verb_page.form(paper, user, auto_id=f"{line.verb_page.noun}_%s")
    if panel.main and panel.main.verb_page.verb in SIGNED:
        panel.main.told = told_of(panel.main.verb_page.verb, paper, user)
    return panel


def _shut(offer: Offer, paper) -> Outgoing:
    url = "" if page_of_verb(offer.verb) else kind_of(paper).elsewhere(paper, offer.verb)
    return Outgoing(offer, url, missing_groups(paper) if offer.verb == Verb.SUBMIT else [])


def _line(offer: Offer, paper) -> DecisionLine:
    verb_page = page_of_verb(offer.verb, sole=offer.sole)
    return DecisionLine(offer, verb_page, reverse("workflow:decision", args=[paper.ref, verb_page.noun]))


def _place(panel: Panel, line: DecisionLine) -> None:
    if line.verb_page.verb == Verb.RETURN:
        panel.send_back = line
    elif line.verb_page.verb == Verb.CLAIM:
        panel.claim = line
    elif panel.main is None and line.verb_page.verb in MAIN:
        panel.main = line
    else:
        panel.others.append(line)
