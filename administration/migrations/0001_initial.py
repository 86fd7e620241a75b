import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PeopleImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("capacity", models.UUIDField()),
                ("file_name", models.CharField(max_length=200)),
                ("workbook", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("counts", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "being checked"),
                            ("unreadable", "cannot be read"),
                            ("checked", "checked"),
                            ("confirmed", "being imported"),
                            ("imported", "imported"),
                            ("refused", "not imported"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("checked_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "administrator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "import from Excel",
                "verbose_name_plural": "imports from Excel",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PeopleImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField(max_length=12)),
                ("number", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("new", "new"), ("changed", "changed"), ("same", "as it is"), ("refused", "refused")],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("changes", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
                (
                    "people_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="administration.peopleimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of an import",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["people_import", "outcome", "id"], name="administrat_people__c92703_idx")
                ],
            },
        ),
    ]
