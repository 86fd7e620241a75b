"""What an office reaches: its own unit, or its unit and all below it."""

from accounts.models import Role

OWN_UNIT = frozenset({Role.DRAFTER, Role.APPROVER})
WHOLE_BRANCH = frozenset({Role.REVIEWER, Role.COMMITTEE, Role.SIGNATORY, Role.CLERK, Role.AUDITOR})
