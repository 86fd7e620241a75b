"""In whose name a workbook is checked and imported."""

from django.utils.translation import gettext as _

from accounts.models import Authority, Role, authorities
from administration.models import PeopleImport
from workflow.errors import Refused


def administrator_of(people_import: PeopleImport) -> Authority:
    """The capacity in which it was sent, if it still holds."""
    for by in authorities(people_import.administrator):
        if by.ref == str(people_import.capacity) and by.role == Role.ADMINISTRATOR:
            return by
    raise Refused(_("Your appointment no longer allows this."))
