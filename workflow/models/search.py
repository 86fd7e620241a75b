"""What search knows, apart from what is sealed: it can be thrown away and made again (`manage.py index_search`)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.lookups import PostgresOperatorLookup
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Unit
from accounts.reach import reach


@SearchVectorField.register_lookup
class Holds(PostgresOperatorLookup):
    """`words__holds="'ho' & 'so':*"`: a tsquery of ready tokens, which no parser takes apart."""

    lookup_name = "holds"
    postgres_operator = "@@"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def process_rhs(self, compiler, connection):
        sql, params = super().process_rhs(compiler, connection)
        return f"{sql}::tsquery", params


class Tokens(models.Func):
    """A list of tokens as a tsvector: `Tokens(Value([...], ArrayField(TextField())))`."""

    function = "array_to_tsvector"
    output_field = SearchVectorField()

    def __init__(self, tokens, **extra):
        operand = sorted(tokens) if not hasattr(tokens, "resolve_expression") else tokens
        value = models.Value(operand, ArrayField(models.TextField())) if isinstance(operand, list) else operand
        super().__init__(value, **extra)


def words_index(name: str) -> GinIndex:
    return GinIndex(fields=["words"], name=name, gin_pending_list_limit=256)


class SearchEntry(models.Model):
    """The words one dossier is found by, with its numbers and names as they are shown."""

    dossier = models.OneToOneField("workflow.Dossier", models.CASCADE, primary_key=True, related_name="search_entry")
    words = SearchVectorField()
    numbers = ArrayField(models.TextField(), default=list)
    names = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = [words_index("search_entry_words")]


class UnitEntry(models.Model):
    """By which names the dossiers of one unit were last indexed."""

    unit = models.OneToOneField("accounts.Unit", models.CASCADE, primary_key=True, related_name="+")
    said = models.TextField()


class NameQuerySet(models.QuerySet):
    def within_reach_of(self, user):
        """Names at the units a person's offices reach."""
        return self.filter(unit__in=Unit.objects.filter(reach(user.authorities, unit="")))


class NameEntry(models.Model):
    """Somebody had to do with a dossier of this unit: wrote, submitted or decided it, or was proposed in it."""

    unit = models.ForeignKey("accounts.Unit", models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", null=True, db_index=False)
    name = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=1900, db_collation="C")
    letter = models.CharField(max_length=3, db_collation="C")  # of the given name: "a", "a~" for Ă, "d~" for Đ
    words = SearchVectorField()

    objects = NameQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "user"], condition=Q(user__isnull=False), name="person_once_a_unit"
            ),
            models.UniqueConstraint(fields=["unit", "name"], condition=Q(user=None), name="name_once_a_unit"),
        ]
        indexes = [
            models.Index(fields=["letter", "sort_key", "name", "user"], name="name_entry_order"),
            words_index("name_entry_words"),
        ]

    def get_absolute_url(self):
        """The search narrowed to what this person had to do with; bring `user` along."""
        query = {"person": self.user.ref} if self.user_id else {"name": self.name}
        return f"{reverse('workflow:search')}?{urlencode(query)}"
