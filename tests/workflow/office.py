"""The office of the stories: one federation, its people, and the roads that bring a memo to any state."""

from datetime import date
from uuid import uuid4

from accounts.models import Authority, Role
from ledger.models import Event
from tests import factories
from tests.founder import together
from tests.testapp.models import Memo
from workflow.decisions.catalogue import DEFINITIONS
from workflow.drafting import editing
from workflow.models import Dossier
from workflow.states import State, Verb

SITTING = {"sitting_on": date(2021, 11, 20), "minutes_no": "12/BB-BTV"}
REPLY = {"recipient": "Quận ủy", "outcome": "Đồng ý", "replied_on": date(2021, 11, 21), "receipt_no": "88"}
GOOD = {  # what each form would carry when it is well filled in
    Verb.RECALL: {"note": "Thiếu phụ lục"},
    Verb.REVIEW: {"checklist": {"readable": "yes"}},
    Verb.ENDORSE: SITTING,
    Verb.HAND_BACK: {"note": "Xem lại số liệu"},
    Verb.FORWARD: {"dispatch": "27/TTr-LĐLĐ"},
    Verb.RECORD_REPLY: REPLY,
    Verb.CONCLUDE: {"outcome": "Được khen thưởng", "decision_no": "15/QĐ-LĐLĐ", "decided_on": date(2021, 11, 21)},
    Verb.RETURN: {"points": [("field:text", "Bổ sung số liệu quý III.")], "letter_no": "31/CV-QU"},
    Verb.REJECT: {"note": "Không đủ điều kiện"},
    Verb.WITHDRAW: {"note": "Trùng hồ sơ"},
    Verb.REOPEN: {"note": "Xét lại"},
}


def do(verb: Verb, dossier: Dossier, by: Authority, **facts) -> Event:
    """Take a decision on the page as it stands now, well filled in unless `facts` say otherwise."""
    action = DEFINITIONS[verb].action
    asked = {"seen": fresh(dossier).seen(), "key": uuid4()} | GOOD.get(verb, {}) | facts
    return action(dossier, by=by, **asked)


def fresh(dossier: Dossier) -> Memo:
    return Memo.objects.get(pk=dossier.pk)


class Office:
    """A city over two districts; the memo's unit and a sibling under the first, one more unit under the second."""

    @together()
    def __init__(self):
        self.city = factories.unit("TP", name="Liên đoàn Lao động Thành phố")
        self.district = factories.unit("Q1", self.city, name="Liên đoàn Lao động Quận 1")
        self.unit = factories.unit("U1", self.district, name="Công đoàn Trường Hoa Sen")
        self.sibling = factories.unit("U2", self.district, name="Công đoàn Chợ Bến")
        self.other_district = factories.unit("Q2", self.city, name="Liên đoàn Lao động Quận 2")
        self.foreign = factories.unit("U3", self.other_district, name="Công đoàn Bệnh viện")
        self.drafter = self.officer("lan", Role.DRAFTER, self.unit, "Trần Thị Lan")
        self.approver = self.officer("minh", Role.APPROVER, self.unit, "Lê Văn Minh")
        self.reviewer = self.officer("hoa", Role.REVIEWER, self.district, "Phạm Thị Hoa")
        self.signatory = self.officer("dung", Role.SIGNATORY, self.district, "Đỗ Tiến Dũng")
        self.clerk = self.officer("thu", Role.CLERK, self.district, "Vũ Thị Thu")

    def officer(self, username: str, role: Role, at, name: str = "") -> Authority:
        """A new person appointed to one role at one unit."""
        user = factories.person(username, name)
        factories.appoint(user, at, role)
        return factories.acting(user, role, at)

    def memo(self, **fields) -> Memo:
        paper = Memo(unit=self.unit, **{"subject": "Giấy trình thử", "text": "Nội dung."} | fields)
        editing.create(paper, by=self.drafter, key=uuid4())
        return fresh(paper)

    def memo_in(self, state: State, **fields) -> Memo:
        """A memo brought to `state` by the crew, through the real actions."""
        paper = self.memo(**fields)
        for verb in ROADS[state]:
            do(verb, paper, self.crew(verb, fresh(paper).state), **self._replacement(verb, paper, state))
        return fresh(paper)

    def crew(self, verb: Verb, state: str) -> Authority:
        if verb in {Verb.RETURN, Verb.REJECT, Verb.REOPEN, Verb.WITHDRAW}:
            return {State.SUBMITTED: self.approver, State.UNIT_APPROVED: self.reviewer}[State(state)]
        return {
            Verb.SUBMIT: self.drafter,
            Verb.APPROVE: self.approver,
            Verb.REVIEW: self.reviewer,
            Verb.ENDORSE: self.signatory,
        }.get(verb, self.clerk)

    def _replacement(self, verb, paper, state) -> dict:
        if verb == Verb.SUPERSEDE:
            self.memo_in(State.CONCLUDED, replaces=paper)
        return {}


TO_DISTRICT = (Verb.SUBMIT, Verb.APPROVE)
TO_COMMITTEE = (*TO_DISTRICT, Verb.REVIEW)
TO_CLERK = (*TO_COMMITTEE, Verb.ENDORSE)
ROADS = {
    State.DRAFT: (),
    State.SUBMITTED: (Verb.SUBMIT,),
    State.UNIT_APPROVED: TO_DISTRICT,
    State.DISTRICT_REVIEWED: TO_COMMITTEE,
    State.ENDORSED: TO_CLERK,
    State.FORWARDED: (*TO_CLERK, Verb.FORWARD),
    State.CONCLUDED: (*TO_CLERK, Verb.FORWARD, Verb.CONCLUDE),
    State.RETURNED: (Verb.SUBMIT, Verb.RETURN),
    State.REJECTED: (*TO_DISTRICT, Verb.REJECT),
    State.WITHDRAWN: (Verb.SUBMIT, Verb.WITHDRAW),
    State.SUPERSEDED: (*TO_CLERK, Verb.FORWARD, Verb.CONCLUDE, Verb.SUPERSEDE),
}
