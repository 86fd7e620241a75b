from django.db import models


class Errand(models.Model):
    """One event of which search and the people concerned do not know yet. `workflow.errands` takes it away."""

    event = models.OneToOneField(
        "ledger.Event",
        models.CASCADE,
        primary_key=True,
        related_name="+",
        db_constraint=False,  # written by the statement that writes its event, which nobody can delete
    )
