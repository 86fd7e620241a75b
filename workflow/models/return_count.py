"""What the statistics of returns keep, apart from what is sealed: it can be thrown away and counted anew."""

from django.db import models


class ReturnCount(models.Model):
    """What the decisions on the dossiers of one unit add up to: in all, by place, by kind of fault or by officer."""

    class By(models.TextChoices):  # what stands in `key`, and in `kind`
        ALL = "all"
        PLACE = "place"  # its label, and what it is
        REASON = "reason"  # the kind of fault
        OFFICER = "officer"  # whose decisions, and in which role

    pk = models.CompositePrimaryKey("by", "unit", "key", "kind")
    unit = models.ForeignKey("accounts.Unit", models.CASCADE, related_name="+", db_index=False)
    by = models.CharField(max_length=7)
    key = models.CharField(max_length=500)
    kind = models.CharField(max_length=80)
    submitted = models.IntegerField()  # dossiers
    returned = models.IntegerField()  # dossiers
    returns = models.IntegerField()
    points = models.IntegerField()
    accepted = models.IntegerField()  # dossiers
    rounds = models.IntegerField()  # the versions accepted, added up
    decided = models.IntegerField()
