import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OPEN_STATES = [
    "district_reviewed",
    "draft",
    "endorsed",
    "forwarded",
    "returned",
    "submitted",
    "unit_approved",
]


def list_of_texts():
    return django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None)


def words_index(name):
    return django.contrib.postgres.indexes.GinIndex(fields=["words"], gin_pending_list_limit=256, name=name)


def one_to_one(to, **fields):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to=to, **fields
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_history"),
        ("workflow", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("state__in", OPEN_STATES)),
                fields=["state", "due_on", "id"],
                name="dossier_waiting_by_due",
            ),
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("dossier", one_to_one("workflow.dossier", related_name="search_entry")),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("numbers", list_of_texts()),
                ("names", list_of_texts()),
            ],
            options={"indexes": [words_index("search_entry_words")]},
        ),
        migrations.CreateModel(
            name="UnitEntry",
            fields=[
                ("unit", one_to_one("accounts.unit", related_name="+")),
                ("said", models.TextField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={"indexes": [words_index("unit_entry_words")]},
        ),
        migrations.CreateModel(
            name="NameEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                ("sort_key", models.CharField(db_collation="C", max_length=1900)),
                ("letter", models.CharField(db_collation="C", max_length=3)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.unit"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["letter", "sort_key", "name", "user"], name="name_entry_order"),
                    words_index("name_entry_words"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)), fields=("unit", "user"), name="person_once_a_unit"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user", None)), fields=("unit", "name"), name="name_once_a_unit"
                    ),
                ],
            },
        ),
    ]
