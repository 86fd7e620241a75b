"""The states of a dossier and the verbs that lead from one to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a dossier is on its road, in the order of life."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting the unit's approval")
    UNIT_APPROVED = "unit_approved", _("Approved by the unit")
    DISTRICT_REVIEWED = "district_reviewed", _("Reviewed")
    ENDORSED = "endorsed", _("Endorsed by the Standing Committee")
    FORWARDED = "forwarded", _("Forwarded upwards")
    CONCLUDED = "concluded", _("Result received")
    RETURNED = "returned", _("Returned")
    REJECTED = "rejected", _("Not proposed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


OPEN = frozenset({State.DRAFT, State.RETURNED})  # content may change only here; the database holds that too
ROAD = [  # the straight road; the other states stand beside it
    State.DRAFT,
    State.SUBMITTED,
    State.UNIT_APPROVED,
    State.DISTRICT_REVIEWED,
    State.ENDORSED,
    State.FORWARDED,
    State.CONCLUDED,
]


class Verb(models.TextChoices):
    """Everything that can be done to a dossier; `create`, `attach`, `detach` and `answer` belong to its drafting."""

    CREATE = "create", _("Create")
    ATTACH = "attach", _("Attach a file")
    DETACH = "detach", _("Remove a file")
    ANSWER = "answer", _("Answer the points")
    SUBMIT = "submit", _("Submit for approval")
    RECALL = "recall", _("Recall")
    APPROVE = "approve", _("Approve")
    CLAIM = "claim", _("Take up")
    REVIEW = "review", _("Confirm the review")
    ENDORSE = "endorse", _("Endorse")
    HAND_BACK = "hand_back", _("Hand back one step")
    FORWARD = "forward", _("Forward")
    RECORD_REPLY = "record_reply", _("Record a reply")
    CONCLUDE = "conclude", _("Conclude")
    RETURN = "return", _("Return")
    REJECT = "reject", _("Do not propose")
    WITHDRAW = "withdraw", _("Withdraw")
    REOPEN = "reopen", _("Reopen")
    SUPERSEDE = "supersede", _("Supersede")


DRAFTING = frozenset({Verb.ATTACH, Verb.DETACH, Verb.ANSWER})  # recorded, and the paper stays where it is
FOUR_EYES = frozenset({Verb.APPROVE, Verb.REVIEW, Verb.ENDORSE})
