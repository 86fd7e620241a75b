import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ledger.record_search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(ledger.record_search.FUNCTIONS, ledger.record_search.DROP),
        migrations.CreateModel(
            name="Event",
            fields=[
                # In the order of the table: widths that are fixed come first, so that nothing is padded between.
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "acting_for",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.appointment",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.delegation",
                    ),
                ),
                ("seq", models.IntegerField()),
                ("version", models.IntegerField(default=0)),
                ("sole_officer", models.BooleanField(default=False)),
                ("chain", models.UUIDField()),
                ("key", models.UUIDField(unique=True)),
                ("leaf_hash", models.BinaryField(max_length=32)),
                ("prev_hash", models.BinaryField(max_length=32)),
                ("verb", models.CharField(max_length=20)),
                ("from_state", models.CharField(blank=True, max_length=20)),
                ("to_state", models.CharField(blank=True, max_length=20)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("drafter", "drafter"),
                            ("approver", "unit approver"),
                            ("reviewer", "reviewer"),
                            ("committee", "standing committee"),
                            ("signatory", "signatory"),
                            ("clerk", "records clerk"),
                            ("auditor", "auditor"),
                            ("administrator", "administrator"),
                        ],
                        max_length=15,
                    ),
                ),
                ("facts", models.JSONField(default=dict)),
                (
                    "rows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), db_default=[], default=list, size=None
                    ),
                ),
                ("envelope", models.BinaryField()),
            ],
            options={
                "verbose_name": "event",
                "ordering": ["chain", "seq"],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="opening",
                        serialize=False,
                        to="ledger.event",
                    ),
                ),
                ("texts", models.JSONField(default=dict)),
                ("indexed", models.BooleanField(db_default=True, default=True)),
            ],
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["-at", "-id"], name="ledger_even_at_87fc6c_idx"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor", "-at"], name="ledger_even_actor_i_7dffea_idx"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["unit", "-at"], name="ledger_even_unit_id_0c3d2d_idx"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["verb", "-at"], name="event_by_verb"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=models.Q(("sole_officer", True)), fields=["-at"], name="event_sole_officer"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("acting_for__isnull", False)), fields=["-at"], name="event_delegated"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("acting_for__isnull", False)), fields=["acting_for"], name="event_acting_for"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("delegation__isnull", False)), fields=["delegation"], name="event_delegation"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("verb", "return"), ("version__gte", 2)), fields=["-at"], name="event_returned_again"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("chain", "seq"), name="chain_gap_free"),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=django.contrib.postgres.indexes.GinIndex(
                ledger.record_search.RecordWords("texts"), condition=models.Q(("indexed", True)), name="opening_said"
            ),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(condition=models.Q(("indexed", False)), fields=["event"], name="opening_not_indexed"),
        ),
    ]
