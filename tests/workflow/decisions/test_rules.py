"""The reasons a page gives before anyone presses a button, and the panel made of them."""

import pytest

from accounts.models import Role, User
from tests import factories
from tests.factories import rewritten
from tests.workflow.office import GOOD, do, fresh
from workflow.decisions.catalogue import why_not
from workflow.decisions.offers import authority_for, offers
from workflow.rights.permissions import DossierBackend
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def panel(paper, user) -> dict[str, list[str]]:
    return {offer.verb: offer.reasons for offer in offers(paper, User.objects.get(pk=user.pk)) if not offer.sole}


def test_an_unknown_verb_raises(office):
    with pytest.raises(ValueError, match="bless"):
        why_not("bless", office.memo(), office.drafter)
    assert not DossierBackend().has_perm(office.drafter.person, "workflow.bless", office.memo())


def test_the_wrong_state_is_named(office):
    paper = office.memo_in(State.FORWARDED)
    assert why_not(Verb.ENDORSE, paper, office.signatory) == [
        "Possible only for a dossier that is: Reviewed. This one is: Forwarded upwards."
    ]
    assert why_not(Verb.SUBMIT, paper, office.drafter) == [
        "Possible only for a dossier that is: Draft, Returned. This one is: Forwarded upwards."
    ]


def test_the_right_officer_is_named(office):
    paper = office.memo_in(State.SUBMITTED)
    assert why_not(Verb.APPROVE, paper, office.clerk) == [
        "This step is the responsibility of: unit approver of Công đoàn Trường Hoa Sen."
    ]
    foreign = office.officer("away", Role.REVIEWER, office.other_district)
    do(Verb.APPROVE, paper, office.approver)
    assert why_not(Verb.REVIEW, fresh(paper), foreign) == [
        "This step is the responsibility of: reviewer of a body above Công đoàn Trường Hoa Sen."
    ]


def test_a_button_asks_less_than_a_filled_form(office):
    """Before the form is filled in only what no form can mend stands against it."""
    paper = office.memo_in(State.UNIT_APPROVED)
    assert why_not(Verb.REVIEW, paper, office.reviewer) == []
    assert why_not(Verb.REVIEW, paper, office.reviewer, {}) == ["Not answered: The memo can be read"]
    assert why_not(Verb.REVIEW, paper, office.reviewer, {"checklist": {"readable": "maybe"}}) == [
        "Not answered: The memo can be read"
    ]
    assert why_not(Verb.REVIEW, paper, office.reviewer, {"checklist": {"readable": "no"}}) == [
        "Answered “no”: The memo can be read. Return the dossier instead."
    ]
    assert why_not(Verb.REVIEW, paper, office.reviewer, {"checklist": {"readable": "na"}}) == []
    assert why_not(Verb.RETURN, paper, office.reviewer) == []
    assert why_not(Verb.RETURN, paper, office.reviewer, {}) == ["A return needs at least one point."]


@pytest.mark.parametrize(
    ("verb", "state", "reason"),
    [
        (Verb.ENDORSE, State.DISTRICT_REVIEWED, "The date of the sitting and the number of its minutes are required."),
        (Verb.CONCLUDE, State.FORWARDED, "The outcome is required."),
        (Verb.RECALL, State.SUBMITTED, "Please give the reason."),
        (Verb.HAND_BACK, State.DISTRICT_REVIEWED, "Please give the reason."),
        (Verb.REJECT, State.DISTRICT_REVIEWED, "Please give the reason."),
        (Verb.WITHDRAW, State.SUBMITTED, "Please give the reason."),
        (Verb.REOPEN, State.WITHDRAWN, "Please give the reason."),
    ],
)
def test_an_empty_form_is_told_what_is_missing(office, verb, state, reason):
    paper = office.memo_in(state)
    crew = (office.drafter, office.approver, office.reviewer, office.signatory, office.clerk)
    by = next(by for by in crew if not why_not(verb, paper, by))
    assert why_not(verb, paper, by, {"note": ""}) == [reason]
    assert why_not(verb, paper, by, GOOD[verb]) == []


def test_what_the_paper_lacks_is_said_at_once(office):
    paper = office.memo(text="")
    assert why_not(Verb.SUBMIT, paper, office.drafter) == ["The text is missing."]


def test_the_panel_of_an_approver(office):
    paper = office.memo_in(State.SUBMITTED)
    found = panel(paper, office.approver.person)
    assert [verb for verb, reasons in found.items() if not reasons] == ["approve", "return", "withdraw"]
    assert found["reopen"] == [
        "Possible only for a dossier that is: Not proposed, Withdrawn. This one is: Awaiting the unit's approval."
    ]
    assert "recall" not in found  # here it is the drafter's
    assert "endorse" not in found  # never theirs: not shown at all


def test_open_offers_stand_before_shut_ones(office):
    paper = office.memo_in(State.UNIT_APPROVED)
    opened = [offer.open for offer in offers(paper, office.reviewer.person)]
    assert opened == sorted(opened, reverse=True)


def test_a_stranger_is_offered_nothing(office):
    paper = office.memo_in(State.SUBMITTED)
    assert offers(paper, factories.person("stranger")) == []
    assert offers(paper, office.officer("away", Role.APPROVER, office.foreign).person) == []
    assert offers(paper, office.officer("audit", Role.AUDITOR, office.city).person) == []


def test_the_sole_officers_form_is_offered_only_when_it_would_stand(office):
    factories.appoint(office.drafter.person, office.unit, Role.APPROVER)
    paper = office.memo_in(State.SUBMITTED)
    both = [offer for offer in offers(paper, User.objects.get(pk=office.drafter.person.pk)) if offer.verb == "approve"]
    assert [(offer.sole, offer.open) for offer in both] == [(False, False)]
    rewritten(User.objects.filter(pk=office.approver.person.pk), is_active=False)
    both = [offer for offer in offers(paper, User.objects.get(pk=office.drafter.person.pk)) if offer.verb == "approve"]
    assert [(offer.sole, offer.open) for offer in both] == [(True, True), (False, False)]


def test_the_capacity_that_may_is_chosen_before_the_one_that_may_not(office):
    """One person, two capacities: as a colleague's deputy their hand is free, as themselves it is not."""
    factories.appoint(office.drafter.person, office.unit, Role.APPROVER)
    paper = office.memo_in(State.SUBMITTED)
    deputy = factories.person("deputy")
    factories.lend(factories.acting(office.drafter.person, Role.APPROVER).appointment, deputy)
    free = factories.lend(office.approver.appointment, deputy)
    chosen = authority_for(Verb.APPROVE, paper, User.objects.get(pk=deputy.pk))
    assert chosen.delegation == free
    again = User.objects.get(pk=deputy.pk)
    assert authority_for(Verb.APPROVE, paper, again, chosen.ref) == next(
        by for by in again.authorities if by.delegation == free
    )
    assert authority_for(Verb.APPROVE, paper, again, "not-one-of-theirs") is None
