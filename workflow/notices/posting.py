"""From the outbox to the mail server. A mail is marked and committed before it is handed over: where the worker dies
in between nobody knows whether it went, so it is never sent again by itself."""

import contextlib
import smtplib
from datetime import timedelta

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, FloatField, Value
from django.db.models.functions import Cast, Least, Power
from django.utils import timezone

from workflow.models import Mail
from workflow.notices.letter import letter

PAUSE, DOUBLINGS = timedelta(minutes=5), 6  # 5 minutes after the first attempt, at most 5 hours 20 after later ones
GIVE_UP = 12  # attempts that the server itself put off: a day and a half
ABANDONED = timedelta(minutes=10)  # longer than handing one mail over can take; whoever did it is gone
State, Fault = Mail.State, Mail.Fault


def post() -> None:
    """Hand over all that is due, on as few connections as the server's temper allows."""
    _own_up()
    while _due().exists():
        line = get_connection()
        try:
            line.open()
        except OSError as error:  # smtplib's are too
            _postpone(_due(), Fault.UNREACHABLE, _message(error))
            return
        try:
            while (mail := _claim()) and _hand_over(mail, line):
                pass
        finally:
            _hang_up(line)


def _due():
    return Mail.objects.filter(state=State.QUEUED, due_at__lte=timezone.now())


def _own_up() -> None:
    """Mails that someone marked and never came back to: unsure."""
    lost = Mail.objects.filter(state=State.HANDING_OVER, at__lt=timezone.now() - ABANDONED)
    lost.update(state=State.UNSURE, fault=Fault.BROKEN)


@transaction.atomic
def _claim() -> Mail | None:
    """Take the next one for ourselves alone, and say so before anything leaves the house."""
    mail = (
        _due().select_for_update(skip_locked=True, of=("self",)).select_related("user").order_by("due_at", "pk").first()
    )
    if mail is None:
        return None
    mail.state, mail.at, mail.address = State.HANDING_OVER, timezone.now(), mail.user.email
    mail.attempts += 1
    mail.save(update_fields=["state", "at", "address", "attempts"])
    return mail


def _hand_over(mail: Mail, line) -> bool:
    """Say what became of it; False when the line should not be used for the next."""
    if not (mail.user.is_active and mail.user.email):
        _settle(mail, State.FAILED, Fault.ADDRESS)
        return True
    try:
        line.send_messages([letter(mail)])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        _answered(mail, error)
    except OSError as error:
        if getattr(line.connection, "giving", False):
            _settle(mail, State.UNSURE, Fault.BROKEN, _message(error))
        else:
            _postpone(Mail.objects.filter(pk=mail.pk), Fault.UNREACHABLE, _message(error))
    except ValueError as error:  # an address no header can carry
        _settle(mail, State.FAILED, Fault.ADDRESS, _message(error))
    else:
        _settle(mail, State.SENT)
        return True
    return False


def _answered(mail: Mail, error: smtplib.SMTPException) -> None:
    """The server said no: for good (5xx), or for now (4xx)."""
    refused = isinstance(error, smtplib.SMTPRecipientsRefused)
    code, words = next(iter(error.recipients.values())) if refused else (error.smtp_code, error.smtp_error)
    answer = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if code >= 500 or mail.attempts >= GIVE_UP:
        _settle(mail, State.FAILED, Fault.REFUSED, answer)
    else:
        _postpone(Mail.objects.filter(pk=mail.pk), Fault.LATER, answer)


def _settle(mail: Mail, state: Mail.State, fault: str = "", answer: str = "") -> None:
    Mail.objects.filter(pk=mail.pk).update(state=state, at=timezone.now(), fault=fault, answer=answer[:300])


def _postpone(mails, fault: Mail.Fault, answer: str) -> None:
    """Try again after a pause that doubles with each attempt."""
    doubled = Power(Value(2.0), Cast(Least(F("attempts"), DOUBLINGS), FloatField()))
    pause = ExpressionWrapper(Value(PAUSE, DurationField()) * doubled, DurationField())
    now = timezone.now()
    attempts = F("attempts") + (1 if fault == Fault.UNREACHABLE else 0)
    mails.update(
        state=State.QUEUED, at=now, due_at=Value(now) + pause, attempts=attempts, fault=fault, answer=answer[:300]
    )


def _message(error: Exception) -> str:
    return str(error) or type(error).__name__


def _hang_up(line) -> None:
    with contextlib.suppress(OSError):
        line.close()
