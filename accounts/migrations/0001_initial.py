import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.models.folded
from vietnamese import folding


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(folding.FUNCTION, folding.DROP),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="username")),
                ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                ("sort_key", models.CharField(db_collation="C", db_index=True, editable=False, max_length=1200)),
                (
                    "honorific",
                    models.CharField(
                        blank=True, choices=[("ong", "Mr"), ("ba", "Ms")], max_length=5, verbose_name="honorific"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("date_joined", models.DateTimeField(auto_now_add=True)),
                ("given_password_until", models.DateTimeField(editable=False, null=True)),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=accounts.models.folded.Folded(
                            django.db.models.functions.text.Concat(
                                models.F("full_name"),
                                models.Value(" "),
                                models.F("username"),
                                models.Value(" "),
                                output_field=models.TextField(),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("depth", models.PositiveIntegerField()),
                ("numchild", models.PositiveIntegerField(default=0)),
                ("path", models.CharField(db_collation="C", max_length=255, unique=True)),
                ("above_code", models.CharField(blank=True, editable=False, max_length=20)),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("short_name", models.CharField(max_length=80, verbose_name="short name")),
                ("symbol", models.CharField(max_length=20, verbose_name="symbol in document numbers")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="place of issue")),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="ward or commune")),
                ("letterhead", models.JSONField(blank=True, default=list, verbose_name="letterhead lines")),
                ("filing_note", models.CharField(blank=True, max_length=120, verbose_name="filing note")),
                ("employer_head", models.CharField(blank=True, max_length=120, verbose_name="employer's head")),
                (
                    "employer_head_title",
                    models.CharField(blank=True, max_length=80, verbose_name="title of the employer's head"),
                ),
                ("has_party_org", models.BooleanField(default=False, verbose_name="has a Party organisation")),
                ("party_secretary", models.CharField(blank=True, max_length=120, verbose_name="Party secretary")),
                (
                    "party_secretary_title",
                    models.CharField(blank=True, max_length=80, verbose_name="title of the Party secretary"),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("former_names", models.TextField(db_default="", default="", editable=False)),
                (
                    "search_text",
                    models.GeneratedField(
                        db_persist=True,
                        expression=accounts.models.folded.Folded(
                            django.db.models.functions.text.Concat(
                                models.F("code"),
                                models.Value(" "),
                                models.F("short_name"),
                                models.Value(" "),
                                models.F("name"),
                                models.Value(" "),
                                models.F("former_names"),
                                models.Value(" "),
                                output_field=models.TextField(),
                            )
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
            },
        ),
        migrations.CreateModel(
            name="UnitKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
            ],
            options={
                "verbose_name": "kind of unit",
                "verbose_name_plural": "kinds of unit",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                        verbose_name="role",
                    ),
                ),
                ("post", models.CharField(max_length=120, verbose_name="post")),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to (last day)")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended at")),
                ("decision_no", models.CharField(blank=True, max_length=60, verbose_name="decision number")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalUser",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("ref", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("username", models.CharField(db_index=True, max_length=60, verbose_name="username")),
                ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                (
                    "honorific",
                    models.CharField(
                        blank=True, choices=[("ong", "Mr"), ("ba", "Ms")], max_length=5, verbose_name="honorific"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical person",
                "verbose_name_plural": "historical people",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SecurityPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                (
                    "second_factor",
                    models.BooleanField(default=False, verbose_name="a second factor is required of those who decide"),
                ),
                (
                    "step_up",
                    models.BooleanField(
                        default=False, verbose_name="those who decide must confirm their identity again"
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="security_policy",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "security policy",
                "verbose_name_plural": "security policies",
            },
        ),
        migrations.AddField(
            model_name="unit",
            name="kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.unitkind",
                to_field="code",
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalUnit",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("depth", models.PositiveIntegerField()),
                ("numchild", models.PositiveIntegerField(default=0)),
                ("path", models.CharField(db_index=True, max_length=255)),
                ("code", models.CharField(db_index=True, max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("short_name", models.CharField(max_length=80, verbose_name="short name")),
                ("symbol", models.CharField(max_length=20, verbose_name="symbol in document numbers")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="place of issue")),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="ward or commune")),
                ("letterhead", models.JSONField(blank=True, default=list, verbose_name="letterhead lines")),
                ("filing_note", models.CharField(blank=True, max_length=120, verbose_name="filing note")),
                ("employer_head", models.CharField(blank=True, max_length=120, verbose_name="employer's head")),
                (
                    "employer_head_title",
                    models.CharField(blank=True, max_length=80, verbose_name="title of the employer's head"),
                ),
                ("has_party_org", models.BooleanField(default=False, verbose_name="has a Party organisation")),
                ("party_secretary", models.CharField(blank=True, max_length=120, verbose_name="Party secretary")),
                (
                    "party_secretary_title",
                    models.CharField(blank=True, max_length=80, verbose_name="title of the Party secretary"),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unitkind",
                        to_field="code",
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical unit",
                "verbose_name_plural": "historical units",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="to (last day)")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="revoked at")),
                (
                    "prefix",
                    models.CharField(
                        choices=[
                            ("TUQ", "by delegation (TUQ.)"),
                            ("TL", "by order (TL.), for the kinds named in the working rules"),
                        ],
                        default="TUQ",
                        max_length=3,
                        verbose_name="Signs",
                    ),
                ),
                (
                    "document_no",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the letter of delegation"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="accounts.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="delegate",
                    ),
                ),
            ],
            options={
                "verbose_name": "delegation",
                "verbose_name_plural": "delegations",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="delegation_ends_after_start"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("unknown_name", models.CharField(blank=True, max_length=16)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("signed_in", "signed in"),
                            ("refused", "refused"),
                            ("held_off", "blocked: too many attempts"),
                            ("confirmed", "confirmed their identity"),
                            ("signed_out", "signed out"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("method", models.CharField(blank=True, max_length=40, verbose_name="method")),
                ("ip", models.GenericIPAddressField(null=True, verbose_name="address")),
                ("user_agent", models.CharField(blank=True, max_length=200)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-in",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["user", "-id"], name="accounts_si_user_id_d49209_idx")],
            },
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["unit", "role"], name="accounts_ap_unit_id_409302_idx"),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="appointment_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("ends_on__isnull", True)),
                fields=("user", "unit", "role"),
                name="one_open_appointment_each_role",
            ),
        ),
    ]
