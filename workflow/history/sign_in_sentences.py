"""Changes of how people sign in, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CHANGES = {
    "password_changed": gettext_lazy("Chose a new password"),
    "password_given": gettext_lazy("Gave a password for one sign-in"),
    "totp_added": gettext_lazy("Added an authenticator app"),
    "totp_removed": gettext_lazy("Removed the authenticator app"),
    "webauthn_added": gettext_lazy("Added a passkey"),
    "webauthn_removed": gettext_lazy("Removed a passkey"),
    "recovery_codes_added": gettext_lazy("Made new recovery codes"),
    "recovery_codes_removed": gettext_lazy("Removed the recovery codes"),
    "factors_removed": gettext_lazy("Took every second factor away"),
}


def in_words(verb: str, facts: dict) -> list[str]:
    """A line each; nothing for events about anything else."""
    if verb == "sign_in_changed":
        return [str(CHANGES.get(facts["what"], facts["what"]))]
    if verb == "policy_changed":
        return [
            _("Second factor: obligatory") if facts["second_factor"] else _("Second factor: by choice"),
            _("Confirmation before a decision: asked for")
            if facts["step_up"]
            else _("Confirmation before a decision: not asked for"),
        ]
    return []
