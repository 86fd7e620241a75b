"""Changes of how people sign in, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CHANGES = {
    "password_changed": gettext_lazy("Chose a new password"),
    "password_given": gettext_lazy("Issued a one-time password"),
    "totp_added": gettext_lazy("Added an authenticator app"),
    "totp_removed": gettext_lazy("Removed the authenticator app"),
    "webauthn_added": gettext_lazy("Added a passkey"),
    "webauthn_removed": gettext_lazy("Removed a passkey"),
    "recovery_codes_added": gettext_lazy("Made new recovery codes"),
    "recovery_codes_removed": gettext_lazy("Removed the recovery codes"),
    "factors_removed": gettext_lazy("Removed every second factor"),
}


def in_words(verb: str, facts: dict) -> list[str]:
    """A line each; nothing for events about anything else."""
    if verb == "sign_in_changed":
        return [str(CHANGES.get(facts["what"], facts["what"]))]
    if verb == "policy_changed":
        return [
            _("Second factor: required") if facts["second_factor"] else _("Second factor: optional"),
            _("Confirmation before a decision: required")
            if facts["step_up"]
            else _("Confirmation before a decision: not required"),
        ]
    return []
