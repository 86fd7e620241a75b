"""Every page of the product: who looks at it, and at what address. `FORMS` are also sent empty, to see their faults."""

from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.models import Delegation, Unit, User
from audit.exceptions import TABS
from audit.pages.returns import TABS as TABLES
from documents.models import Campaign, Dispatch, Referral
from tests.browser.kit.furniture import CLOSED, imported
from tests.browser.kit.papers import nomination, report


def at(name: str, *args, **asked):
    """An address, worked out when it is wanted: only then is there an office to look in."""
    return lambda: reverse(name, args=[arg() if callable(arg) else arg for arg in args]) + _query(asked)


def _query(asked: dict) -> str:
    said = {name: value() if callable(value) else value for name, value in asked.items()}
    return f"?{urlencode(said, doseq=True)}" if said else ""


def of(kind, code: str, state: str = "", *, page="workflow:dossier", more=(), **asked):
    """A page of a unit's report or nomination."""
    paper = (code, state) if state else (code,)
    return at(page, lambda: kind(*paper).ref, *more, **asked)


def deciding(noun: str, kind, code: str, state: str = ""):
    return of(kind, code, state, page="workflow:decision", more=[noun])


def section(code: str, number: str, page="documents:report-section"):
    return of(report, code, page=page, more=[number])


def campaign() -> int:
    return Campaign.objects.get().pk


def unanswered() -> int:
    return Referral.objects.filter(outcome="", purpose="action").latest("pk").pk


def unit(code: str):
    return lambda: Unit.objects.get(code=code).pk


def person(username: str):
    return lambda: User.objects.get(username=username).ref


def held() -> str:
    return User.objects.get(username="cd003.2").appointments.first().ref


def lent() -> str:
    return Delegation.objects.get(delegate__username="cd006.3").ref


def waiting() -> list[str]:
    return [str(report(code).ref) for code in ("CD004", "CD005", "CD006")]


def passkey() -> int:
    return Authenticator.objects.get(type="webauthn").pk


STRANGER, HALF_WAY, KEYS = "", "half-way", "with keys"  # nobody yet, after the password alone, with app and passkey

READING = {
    "desk of a drafter": ("cd003.3", at("workflow:desk")),
    "desk of a reviewer": ("chuyenvien", at("workflow:desk")),
    "desk of a committee member": ("btv1", at("workflow:desk")),
    "desk narrowed to nothing": ("chuyenvien", at("workflow:desk", q="zzzz")),
    "draft report": ("cd007.2", of(report, "CD007")),
    "returned report": ("cd003.3", of(report, "CD003")),
    "report to review": ("chuyenvien", of(report, "CD004")),
    "report to endorse": ("chutich", of(report, "CD002")),
    "concluded report": ("kiemtra", of(report, "CD001")),
    "forwarded report": ("vanthu", of(report, "LDLD-LB", "forwarded")),
    "submitted nomination": ("cd008.1", of(nomination, "CD008")),
    "endorsed nomination": ("vanthu", of(nomination, "CD006")),
    "withdrawn nomination": ("cd010.1", of(nomination, "CD010")),
    "shared report": ("cd002.1", of(report, "CD001")),
    "answers to points": ("cd003.3", of(report, "CD003", page="workflow:points")),
    "comparison": ("chuyenvien", of(report, "CD006", page="workflow:compare")),
    "comparison of a version with itself": ("chuyenvien", of(report, "CD002", page="workflow:compare")),
    "who viewed": ("kiemtra", of(report, "CD001", page="audit:accesses")),
    "record of a dossier": ("kiemtra", of(report, "CD006", page="audit:dossier-history")),
    "printed report": ("cd007.2", of(report, "CD007", page="documents:preview")),
    "printed nomination": ("cd008.1", of(nomination, "CD008", page="documents:preview")),
    "search": ("kiemtra", at("workflow:search", q="truong mam non")),
    "search for a number": ("kiemtra", at("workflow:search", q="18/KH-LĐLĐ")),
    "search in vain": ("kiemtra", at("workflow:search", q="zzzz")),
    "search not begun": ("kiemtra", at("workflow:search")),
    "index of names": ("kiemtra", at("workflow:names", letter="Â")),
    "history": ("kiemtra", at("audit:history")),
    "history asked": ("kiemtra", at("audit:history", q="bao cao", verb="return")),
    "history of an officer": ("cd007.2", at("audit:history")),
    **{f"exceptions: {tab}": ("kiemtra", at("audit:exceptions", tab=tab)) for tab in TABS},
    **{f"returns by {by}": ("kiemtra", at("audit:returns", by=by)) for by in TABLES},
    "points returned": ("kiemtra", at("audit:return-points")),
    "reports": ("chuyenvien", at("documents:reports")),
    "nominations": ("chuyenvien", at("documents:nominations")),
    "campaigns": ("chuyenvien", at("documents:campaigns")),
    "campaign": ("chuyenvien", at("documents:campaign", campaign)),
    "campaign of a unit": ("cd007.2", at("documents:campaign", campaign)),
    "outgoing papers": ("vanthu", at("documents:dispatches")),
    "outgoing paper": ("vanthu", at("documents:dispatch", lambda: Dispatch.objects.get(number=27).ref)),
    "register": ("vanthu", at("documents:register")),
    "notices": ("cd003.3", at("workflow:notices")),
    "choice of notices": ("vanthu", at("workflow:notice-choices")),
    "no notices": ("quantri", at("workflow:notices")),
    "not there": ("vanthu", lambda: "/khong-co/"),
}
WRITING = {
    "section with tables": ("cd007.2", section("CD007", "2.1")),
    "section with figures": ("cd007.2", section("CD007", "2.4")),
    "returned section": ("cd003.3", section("CD003", "2.1")),
    "earlier texts": ("cd003.3", section("CD003", "2.1", "documents:report-earlier")),
    "attestations": ("cd007.2", of(report, "CD007", page="documents:report-attestations")),
    "attached files": ("cd003.3", of(report, "CD003", page="documents:attachments")),
    "nomination in hand": ("cd007.2", of(nomination, "CD007", page="documents:nomination-edit")),
    "beginning of a report": ("cd010.2", at("documents:report-begin", campaign, "CD010")),
}
DECIDING = {
    "submission": ("cd003.3", deciding("submission", report, "CD003")),
    "approval": ("cd008.1", deciding("approval", nomination, "CD008")),
    "claim": ("chuyenvien", deciding("claim", report, "CD005")),
    "recall": ("cd005.1", deciding("recall", report, "CD005")),
    "reopening": ("cd010.1", deciding("reopening", nomination, "CD010")),
    "hand-back": ("vanthu", deciding("hand-back", nomination, "CD006")),
    "supersession": ("chuyenvien", deciding("supersession", report, "LDLD-LB", "forwarded")),
    "decision refused": ("kiemtra", deciding("approval", nomination, "CD008")),
    "bulk": ("chuyenvien2", at("workflow:bulk", "review", dossier=waiting)),
    "bulk without any": ("chuyenvien2", at("workflow:bulk", "review")),
}
OFFICE = {
    "units": ("quantri", at("administration:office")),
    "unit": ("quantri", at("administration:unit", unit("CD003"))),
    "federation": ("quantri", at("administration:unit", unit("LDLD-LB"))),
    "closure not yet possible": ("quantri", at("administration:unit-closure", unit("CD003"))),
    "unit's details": ("quantri", at("administration:unit-change", unit("CD003"))),
    "people": ("quantri", at("administration:people")),
    "person": ("quantri", at("administration:person", person("cd003.1"))),
    "person without an account": ("quantri", at("administration:person", person(CLOSED))),
    "person's details": ("quantri", at("administration:person-change", person("cd003.1"))),
    "reactivation": ("quantri", at("administration:person-reactivation", person(CLOSED))),
    "appointments": ("quantri", at("administration:appointments")),
    "rules of signing in": ("quantri", at("administration:office-security")),
    "a person's keys": ("quantri", at("administration:person-security", person("cd003.1"))),
    "health of the office": ("quantri", at("administration:office-health")),
    "mail sent": ("quantri", at("workflow:mails-sent")),
    "import done": ("quantri", at("administration:people-import-one", lambda: imported("đợt 1.xlsx").ref)),
    "import refused": ("quantri", at("administration:people-import-one", lambda: imported("đợt 2.xlsx").ref)),
    "import ready": ("quantri", at("administration:people-import-one", lambda: imported("đợt 3.xlsx").ref)),
    "delegations given": ("cd006.1", at("administration:delegations")),
    "delegations received": ("cd006.3", at("administration:delegations")),
    "delegation": ("cd006.1", at("administration:delegation", lent)),
    "deeds of others": ("cd006.1", at("administration:delegated-decisions")),
}
ACCOUNT = {
    "sign-in": (STRANGER, at("account_login")),
    "own account": ("vanthu", at("account")),
    "change of password": ("vanthu", at("account_change_password")),
    "own sign-ins": ("vanthu", at("sign-ins")),
    "signing out": ("vanthu", at("account_logout")),
    "places signed in": ("vanthu", at("usersessions_list")),
    "account closed": (STRANGER, at("account_inactive")),
    "two steps, none yet": ("vanthu", at("mfa_index")),
    "two steps": (KEYS, at("mfa_index")),
    "authenticator app to add": ("vanthu", at("mfa_activate_totp")),
    "authenticator app to take away": (KEYS, at("mfa_deactivate_totp")),
    "recovery codes": (KEYS, at("mfa_view_recovery_codes")),
    "new recovery codes": (KEYS, at("mfa_generate_recovery_codes")),
    "passkeys": (KEYS, at("mfa_list_webauthn")),
    "passkey to add": (KEYS, at("mfa_add_webauthn")),
    "passkey to rename": (KEYS, at("mfa_edit_webauthn", passkey)),
    "passkey to take away": (KEYS, at("mfa_remove_webauthn", passkey)),
    "second step": (HALF_WAY, at("mfa_authenticate")),
    "confirming with a password": (KEYS, at("account_reauthenticate")),
    "confirming with a code": (KEYS, at("mfa_reauthenticate")),
    "confirming with a passkey": (KEYS, at("mfa_reauthenticate_webauthn")),
}
PAGES = READING | WRITING | DECIDING | OFFICE | ACCOUNT
FORMS = {
    "return": ("cd008.1", deciding("return", nomination, "CD008")),
    "review": ("chuyenvien", deciding("review", report, "CD004")),
    "endorsement": ("phochutich", deciding("endorsement", report, "CD002")),
    "conclusion": ("chuyenvien", deciding("conclusion", report, "CD002")),
    "withdrawal": ("cd008.1", deciding("withdrawal", nomination, "CD008")),
    "beginning of a nomination": ("cd007.2", at("documents:nomination-begin", campaign, "CD007")),
    "reply": ("vanthu", at("documents:referral-reply", unanswered)),
    "new outgoing paper": ("vanthu", at("documents:dispatch-new")),
    "new unit": ("quantri", at("administration:unit-new", under=unit("LDLD-LB"))),
    "unit's place": ("quantri", at("administration:unit-move", unit("CD003"))),
    "new person": ("quantri", at("administration:person-new")),
    "deactivation": ("quantri", at("administration:person-deactivation", person("cd003.2"))),
    "new appointment": ("quantri", at("administration:appointment-new")),
    "end of an appointment": ("quantri", at("administration:appointment-ending", held)),
    "import": ("quantri", at("administration:people-import")),
    "new delegation": ("cd006.1", at("administration:delegation-new")),
    "revocation": ("cd006.1", at("administration:revocation", lent)),
    "sharing": ("chuyenvien", of(report, "CD001", page="workflow:sharing")),
    "end of sharing": (
        "chuyenvien",
        of(report, "CD001", page="workflow:sharing-end", more=[person("cd002.1")]),
    ),
}
SENT = "only sent to, and answered by another page"
ELSEWHERE = {  # addresses that are no page of their own, and why
    "set_language": SENT,
    "workflow:point": SENT,
    "workflow:reading": SENT,
    "workflow:notice-reading": SENT,
    "workflow:mail-again": SENT,
    "workflow:bulk-decisions": SENT,
    "administration:people-import-confirmation": SENT,
    "administration:person-factors": SENT,
    "documents:attachment-removal": SENT,
    "documents:dispatch-signature": SENT,
    "documents:dispatch-sending": SENT,
    "documents:dispatch-cancellation": SENT,
    "audit:history-export": "a workbook",
    "audit:exceptions-export": "a workbook",
    "audit:returns-export": "a workbook",
    "administration:people-import-template": "a workbook",
    "administration:people-import-current": "a workbook",
    "documents:attachment": "a file",
    "mfa_download_recovery_codes": "a file",
    "administration:units-found": "a piece of a page, seen in its form",
    "administration:people-found": "a piece of a page, seen in its form",
    "workflow:signing": "leads to the first paper that waits",
    "documents:edit": "leads to the first section, or to the nomination",
    "mfa_login_webauthn": "what a browser asks before it asks for the key",
    "workflow:health": "for machines",
    "administration:person-password": "sent to; its answer is seen by test_a_one_time_password",
    "workflow:bulk-results": "seen by test_result_of_a_bulk_decision",
}
CLOSED_TO_ALL = {  # allauth has them, the office has not: 404
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_set_password",
    "account_reset_password",
    "account_confirm_login_code",
    "account_confirm_email",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "account_reset_password_done",
}
