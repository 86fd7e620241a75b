"""The sign-in history: every knock at the door, with the proofs that were given."""

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import SignIn, User
from vietnamese.text import fold


def record(
    request: HttpRequest,
    outcome: SignIn.Outcome,
    *,
    user: User | None = None,
    name: str = "",
    method: str = "",
) -> None:
    """Add one line; a name that has no account leaves only its mark."""
    known = user or User.objects.filter(username__iexact=name.strip()).first()
    SignIn.objects.create(
        user=known,
        unknown_name="" if known else mark_of(name),
        outcome=outcome,
        method=method,
        ip=get_adapter().get_client_ip(request),
        user_agent=request.headers.get("User-Agent", "")[:200].replace("\x00", ""),
    )


def mark_of(name: str) -> str:
    """The same for the same name, and nobody can read the name out of it."""
    return salted_hmac("accounts.signing_in.journal", fold(name).strip()).hexdigest()[:16]


def proofs(request: HttpRequest, user: User) -> str:
    """The methods that brought this session here, joined by “+”."""
    records = get_authentication_records(request, user)
    codes = [record.get("type") or record["method"] for record in records if not record.get("reauthenticated")]
    return "+".join(dict.fromkeys(codes))
