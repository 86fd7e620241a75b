import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("ledger", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(editable=False, max_length=60)),
                ("subject", models.CharField(max_length=400, verbose_name="subject")),
                ("search_text", models.CharField(default="", editable=False, max_length=700)),
                (
                    "state",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Awaiting the unit's approval"),
                            ("unit_approved", "Approved by the unit"),
                            ("district_reviewed", "Reviewed"),
                            ("endorsed", "Endorsed by the Standing Committee"),
                            ("forwarded", "Forwarded upwards"),
                            ("concluded", "Result received"),
                            ("returned", "Returned"),
                            ("rejected", "Not proposed"),
                            ("withdrawn", "Withdrawn"),
                            ("superseded", "Superseded"),
                        ],
                        default="draft",
                        max_length=50,
                        protected=True,
                        verbose_name="state",
                    ),
                ),
                (
                    "state_since",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="in this state since"
                    ),
                ),
                ("version", models.IntegerField(default=0, editable=False, verbose_name="sealed version")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due date")),
                ("slot", models.CharField(editable=False, max_length=80, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafter",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="workflow.dossier",
                    ),
                ),
                (
                    "submitter",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "verbose_name_plural": "dossiers",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ledger.event",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitEntry",
            fields=[
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.unit",
                    ),
                ),
                ("said", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("viewed", "opened"),
                            ("downloaded", "downloaded"),
                            ("printed", "printed"),
                            ("exported", "exported"),
                        ],
                        max_length=12,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=300)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accesses",
                        to="workflow.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "access",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DossierUserObjectPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("expires_on", models.DateField(null=True, verbose_name="to (last day)")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="ended at")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="workflow.dossier"
                    ),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "grant",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Editor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editors",
                        to="workflow.dossier",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "occasion",
                    models.CharField(
                        choices=[("notices", "notices"), ("reminders", "reminders"), ("digest", "daily digest")],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting to be sent"),
                            ("handing_over", "being handed to the mail server"),
                            ("sent", "sent"),
                            ("failed", "not sent"),
                            ("unsure", "unsure whether it was sent"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("address", models.EmailField(blank=True, max_length=254)),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreachable", "The mail server could not be reached."),
                            ("later", "The mail server asked to try again later."),
                            ("refused", "The mail server refused it."),
                            (
                                "address",
                                "The person has no address that can be written to, or their account is closed.",
                            ),
                            ("broken", "The connection or the worker failed while the e-mail was being sent."),
                        ],
                        max_length=12,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300)),
                (
                    "again_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mails", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "ordering": ["-pk"],
            },
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
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[("each", "Each immediately"), ("daily", "Once a day"), ("none", "Not by e-mail")],
                        default="each",
                        max_length=5,
                        verbose_name="by e-mail",
                    ),
                ),
                ("hour", models.PositiveSmallIntegerField(default=8, verbose_name="hour of the daily e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("vi", "Tiếng Việt"), ("en", "English")],
                        default="vi",
                        max_length=2,
                        verbose_name="language of the e-mail",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_choice",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of notices",
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("place", models.CharField(max_length=80, verbose_name="place")),
                ("place_label", models.CharField(max_length=500)),
                ("text", models.TextField(verbose_name="what to correct")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("missing_figure", "figure missing"),
                            ("wrong_figure", "figure wrong"),
                            ("unclear", "not clear"),
                            ("form", "not in due form"),
                            ("missing_file", "document missing"),
                            ("other", "other"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="kind of fault",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="points", to="workflow.dossier"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="ledger.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "point of a return",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("matter", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=400)),
                ("path", models.CharField(max_length=200)),
                ("due_on", models.DateField()),
                ("step", models.SmallIntegerField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="workflow.dossier",
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
                "verbose_name": "reminder",
            },
        ),
        migrations.CreateModel(
            name="ReturnCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "by", "unit", "key", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                ("submitted", models.IntegerField()),
                ("returned", models.IntegerField()),
                ("returns", models.IntegerField()),
                ("points", models.IntegerField()),
                ("accepted", models.IntegerField()),
                ("rounds", models.IntegerField()),
                ("decided", models.IntegerField()),
                ("by", models.CharField(max_length=7)),
                ("key", models.CharField(max_length=500)),
                ("kind", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "not_mailed",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address", "on the page only: no e-mail address"),
                            ("choice", "on the page only, by choice"),
                            ("read", "on the page only: read before an e-mail was due"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="ledger.event",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="workflow.mail",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reminder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="workflow.reminder",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("words", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("content_hash", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="workflow.dossier",
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="workflow.wording",
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed version",
                "ordering": ["dossier", "number"],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="workflow.dossier",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["words"], gin_pending_list_limit=256, name="search_entry_words"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["state", "unit"], name="workflow_do_state_462b67_idx"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["unit", "-id"], name="workflow_do_unit_id_b4e6af_idx"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "district_reviewed",
                            "draft",
                            "endorsed",
                            "forwarded",
                            "returned",
                            "submitted",
                            "unit_approved",
                        ],
                    )
                ),
                fields=["state", "due_on", "id"],
                name="dossier_waiting_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("handler__isnull", False)), fields=["handler"], name="dossier_handler"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("replaces__isnull", False)), fields=["replaces"], name="dossier_replaces"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(condition=models.Q(("slot__isnull", False)), fields=["slot"], name="dossier_slot"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["withdrawn", "superseded"]), _negated=True), ("replaces__isnull", True)
                ),
                fields=("slot",),
                name="one_live_dossier_each_slot",
                violation_error_message="This unit already has a dossier of this kind under way in this campaign.",
            ),
        ),
        migrations.AddIndex(
            model_name="accesslog",
            index=models.Index(fields=["dossier", "-id"], name="workflow_ac_dossier_1cec7f_idx"),
        ),
        migrations.AddIndex(
            model_name="accesslog",
            index=models.Index(fields=["user", "-id"], name="workflow_ac_user_id_23f60d_idx"),
        ),
        migrations.AlterUniqueTogether(
            name="dossieruserobjectpermission",
            unique_together={("user", "permission", "content_object")},
        ),
        migrations.AddConstraint(
            model_name="editor",
            constraint=models.UniqueConstraint(fields=("dossier", "user"), name="editor_once"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(condition=models.Q(("state", "queued")), fields=["due_at", "id"], name="mail_queued"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(condition=models.Q(("state", "handing_over")), fields=["at"], name="mail_handing_over"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["user", "-id"], name="workflow_ma_user_id_ca7bfe_idx"),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["created_at"], name="workflow_ma_created_793fb6_idx"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(fields=("user", "occasion", "day"), name="one_mail_a_day"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("day", None), ("occasion", "notices")),
                    models.Q(models.Q(("occasion", "notices"), _negated=True), ("day__isnull", False)),
                    _connector="OR",
                ),
                name="mail_has_its_day",
            ),
        ),
        migrations.AddIndex(
            model_name="nameentry",
            index=models.Index(fields=["letter", "sort_key", "name", "user"], name="name_entry_order"),
        ),
        migrations.AddIndex(
            model_name="nameentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], gin_pending_list_limit=256, name="name_entry_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="nameentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)), fields=("unit", "user"), name="person_once_a_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="nameentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user", None)), fields=("unit", "name"), name="name_once_a_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.UniqueConstraint(fields=("event", "number"), name="point_number_once"),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("matter", "due_on", "step"), name="reminder_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "read_at", "-id"], name="workflow_no_user_id_95140a_idx"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mail", None), ("not_mailed", "")), fields=["id"], name="notice_to_be_mailed"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("user", "event"), name="notice_once"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("user", "reminder"), name="reminded_once"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("event__isnull", True), ("reminder__isnull", True), _connector="XOR"),
                name="notice_of_an_event_or_a_reminder",
            ),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("digest",), name="wording_once"),
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.CheckConstraint(condition=models.Q(("pk__gt", 0)), name="wording_number_counted"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("dossier", "number"), name="version_number_once"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(("pk__gt", 0)), name="version_number_counted"),
        ),
    ]
