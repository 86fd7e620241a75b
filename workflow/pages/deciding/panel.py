"""How the decision panel of a dossier's page is laid out: the main form, the return, the rest, and what is shut."""

from dataclasses import dataclass, field

from django.urls import reverse

from workflow.decisions.catalogue import Act, act_for
from workflow.decisions.effects import told_of
from workflow.decisions.form import DecisionForm
from workflow.decisions.offers import Offer, offers
from workflow.drafting.missing import Wanting, wanting
from workflow.kinds import kind_of
from workflow.models.steps import roles
from workflow.states import FOUR_EYES, Verb

MAIN = (Verb.SUBMIT, Verb.APPROVE, Verb.REVIEW, Verb.ENDORSE, Verb.CONCLUDE, Verb.REOPEN)
SIGNED = FOUR_EYES | {Verb.SUBMIT}


@dataclass
class Line:
    """One decision on offer: its page, and its form where it is filled in right here."""

    offer: Offer
    act: Act
    url: str
    form: DecisionForm | None = None
    told: list[str] | None = None  # not asked unless something is signed

    @property
    def label(self) -> str:
        return self.act.label

    @property
    def happens(self) -> str:
        return self.act.happens

    @property
    def undone(self) -> str:
        return self.act.undone


@dataclass
class Outgoing:
    """A step that is shut, or taken elsewhere: with the page for it where this kind of paper has one."""

    offer: Offer
    url: str
    wanting: list[Wanting] = field(default_factory=list)  # the reasons that have a place in the paper

    @property
    def verb(self) -> Verb:
        return self.offer.verb

    @property
    def reasons(self) -> list[str]:
        """Those that stand by themselves."""
        placed = {sentence for group in self.wanting for sentence, _url in group.missing}
        return [reason for reason in self.offer.reasons if reason not in placed]

    @property
    def number(self) -> int:
        return len(self.offer.reasons)


@dataclass
class Panel:
    """Everything this person can do to this dossier now, and why the rest cannot be done."""

    main: Line | None = None
    send_back: Line | None = None
    claim: Line | None = None
    others: list[Line] = field(default_factory=list)
    shut: list[Outgoing] = field(default_factory=list)  # of this state, with their reasons
    elsewhere: list[Outgoing] = field(default_factory=list)  # open, on a page of the kind
    not_now: list[Offer] = field(default_factory=list)  # of other states

    def __bool__(self):
        return bool(self.main or self.send_back or self.claim or self.others or self.shut or self.elsewhere)


def laid_out(paper, user) -> Panel:
    """The offers to this person, each in its place; the main one and taking it up bring their forms."""
    panel, lines = Panel(), []
    for offer in offers(paper, user):
        if not roles(offer.verb, paper.state):
            panel.not_now.append(offer)
        elif not offer.open:
            panel.shut.append(_shut(offer, paper))
        elif (url := kind_of(paper).elsewhere(paper, offer.verb)) or act_for(offer.verb) is None:
            panel.elsewhere.append(Outgoing(offer, url))
        else:
            lines.append(_line(offer, paper))
    for line in sorted(lines, key=lambda line: MAIN.index(line.act.verb) if line.act.verb in MAIN else len(MAIN)):
        _place(panel, line)
    for line in filter(None, (panel.main, panel.claim)):
        line.form = line.act.form(paper, user, auto_id=f"{line.act.noun}_%s")
    if panel.main and panel.main.act.verb in SIGNED:
        panel.main.told = told_of(panel.main.act.verb, paper, user)
    return panel


def _shut(offer: Offer, paper) -> Outgoing:
    url = "" if act_for(offer.verb) else kind_of(paper).elsewhere(paper, offer.verb)
    return Outgoing(offer, url, wanting(paper) if offer.verb == Verb.SUBMIT else [])


def _line(offer: Offer, paper) -> Line:
    act = act_for(offer.verb, sole=offer.sole)
    return Line(offer, act, reverse("workflow:decision", args=[paper.ref, act.noun]))


def _place(panel: Panel, line: Line) -> None:
    if line.act.verb == Verb.RETURN:
        panel.send_back = line
    elif line.act.verb == Verb.CLAIM:
        panel.claim = line
    elif panel.main is None and line.act.verb in MAIN:
        panel.main = line
    else:
        panel.others.append(line)
