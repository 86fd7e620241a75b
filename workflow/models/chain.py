"""What ties a dossier to its chain in the ledger, which does not know what a chain is about."""

from django.db import models

from ledger.models import Event
from workflow.models.dossier import Dossier


class ByChain(models.ForeignObject):
    """`event.dossier` and `dossier.events` by the chain's id: no column of its own, and nothing for a migration."""

    requires_unique_target = False

    def contribute_to_class(self, cls, name, private_only=True, **kwargs):
        super().contribute_to_class(cls, name, private_only=private_only, **kwargs)


ByChain(
    Dossier,
    models.DO_NOTHING,
    from_fields=["chain"],
    to_fields=["ref"],
    related_name="events",
    null=True,
).contribute_to_class(Event, "dossier")
