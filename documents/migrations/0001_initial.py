import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import documents.content.bilingual
import documents.register.number_series


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("workflow", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveIntegerField()),
                ("content_type", models.CharField(max_length=120)),
            ],
            options={
                "verbose_name": "file",
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name_vi", models.CharField(max_length=200, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party", "Party committee"),
                            ("city_federation", "city federation"),
                            ("state", "state body"),
                            ("other", "other body"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "recipient",
                "verbose_name_plural": "recipients",
                "ordering": ["kind", "code"],
            },
        ),
        migrations.CreateModel(
            name="AwardType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("name_vi", models.CharField(max_length=200, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                (
                    "target",
                    models.CharField(
                        blank=True,
                        choices=[("individual", "individual"), ("collective", "collective")],
                        help_text="Leave empty for both.",
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                ("decided_by", models.CharField(max_length=200, verbose_name="decided by")),
                (
                    "forwarded_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party", "Party committee"),
                            ("city_federation", "city federation"),
                            ("state", "state body"),
                            ("other", "other body"),
                        ],
                        max_length=20,
                        verbose_name="forwarded to",
                    ),
                ),
                (
                    "threshold_numerator",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="votes in favour, parts"),
                ),
                (
                    "threshold_denominator",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="votes in favour, of parts"),
                ),
                (
                    "threshold_strict",
                    models.BooleanField(default=False, verbose_name="more than that share; exactly that is not enough"),
                ),
                (
                    "threshold_of",
                    models.CharField(
                        choices=[
                            ("all_members", "all members"),
                            ("present", "members present"),
                            ("valid_ballots", "valid ballots"),
                        ],
                        default="all_members",
                        max_length=15,
                        verbose_name="measured against",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to (last day)")),
                (
                    "deciding_unit",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave empty if a body outside this federation decides; the nomination is then forwarded.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="deciding unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "award",
                "verbose_name_plural": "awards",
                "ordering": ["code", "-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("evidence", "evidence"),
                            ("minutes", "minutes of the meeting"),
                            ("achievements", "achievement report"),
                            ("list", "list of nominees"),
                            ("opinion", "opinion"),
                            ("signed_copy", "signed copy"),
                            ("other", "other"),
                        ],
                        default="evidence",
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="workflow.dossier"
                    ),
                ),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="documents.blob"
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("plan_no", models.CharField(max_length=40, verbose_name="plan number")),
                ("plan_date", models.DateField(verbose_name="date of the plan")),
                ("title_vi", models.CharField(max_length=400, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=400, verbose_name="title in English")),
                ("short_title", models.CharField(max_length=120, verbose_name="short title")),
                ("period_from", models.DateField(verbose_name="period from")),
                ("period_to", models.DateField(verbose_name="period to")),
                ("due_on", models.DateField(verbose_name="due date")),
                ("legal_basis", models.JSONField(blank=True, default=list, verbose_name="legal basis")),
                (
                    "report_checklist",
                    models.JSONField(blank=True, default=list, verbose_name="reviewer's list for reports"),
                ),
                (
                    "nomination_checklist",
                    models.JSONField(blank=True, default=list, verbose_name="reviewer's list for nominations"),
                ),
                (
                    "asked",
                    models.ManyToManyField(
                        blank=True, related_name="campaigns", to="accounts.unit", verbose_name="reporting units"
                    ),
                ),
                (
                    "awards",
                    models.ManyToManyField(
                        blank=True, related_name="campaigns", to="documents.awardtype", verbose_name="awards to propose"
                    ),
                ),
                (
                    "organizer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="organised by",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "ordering": ["-plan_date", "-pk"],
            },
            bases=(documents.content.bilingual.Titled, models.Model),
        ),
        migrations.CreateModel(
            name="AwardNomination",
            fields=[
                (
                    "dossier_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="workflow.dossier",
                    ),
                ),
                (
                    "ballot_members_total",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="members of the body"),
                ),
                ("ballot_present", models.PositiveIntegerField(blank=True, null=True, verbose_name="present")),
                (
                    "ballot_written_opinions",
                    models.PositiveIntegerField(default=0, verbose_name="absent, opinion in writing"),
                ),
                ("ballot_written_in_favour", models.PositiveIntegerField(default=0, verbose_name="of whom in favour")),
                ("ballot_issued", models.PositiveIntegerField(blank=True, null=True, verbose_name="ballots issued")),
                (
                    "ballot_collected",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="ballots collected"),
                ),
                ("ballot_valid", models.PositiveIntegerField(blank=True, null=True, verbose_name="valid ballots")),
                ("ballot_in_favour", models.PositiveIntegerField(blank=True, null=True, verbose_name="in favour")),
                ("ballot_against", models.PositiveIntegerField(blank=True, null=True, verbose_name="against")),
                ("ballot_blank", models.PositiveIntegerField(blank=True, null=True, verbose_name="blank ballots")),
                (
                    "target",
                    models.CharField(
                        choices=[("individual", "individual"), ("collective", "collective")],
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                (
                    "honorific",
                    models.CharField(
                        blank=True, choices=[("ong", "Mr"), ("ba", "Ms")], max_length=5, verbose_name="honorific"
                    ),
                ),
                ("full_name", models.CharField(blank=True, max_length=200, verbose_name="full name")),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of birth")),
                (
                    "sex",
                    models.CharField(
                        blank=True, choices=[("female", "female"), ("male", "male")], max_length=6, verbose_name="sex"
                    ),
                ),
                ("union_post", models.CharField(blank=True, max_length=200, verbose_name="post in the union")),
                ("professional_post", models.CharField(blank=True, max_length=200, verbose_name="professional post")),
                ("workplace", models.CharField(blank=True, max_length=300, verbose_name="workplace")),
                ("party_member", models.BooleanField(blank=True, null=True, verbose_name="Party member")),
                (
                    "official_name",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="name of the collective, as it is to be printed"
                    ),
                ),
                ("members_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="members")),
                ("female_total", models.PositiveIntegerField(blank=True, null=True, verbose_name="of whom women")),
                ("achievement_summary", models.TextField(blank=True, verbose_name="summary of achievements")),
                ("achievement_report", models.TextField(blank=True, verbose_name="achievement report")),
                (
                    "printed_citation",
                    models.CharField(blank=True, max_length=500, verbose_name="citation to be printed"),
                ),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="date of the unit's meeting")),
                ("minutes_no", models.CharField(blank=True, max_length=60, verbose_name="number of the minutes")),
                ("employer_opinion", models.TextField(blank=True, verbose_name="opinion of the employer's head")),
                ("party_opinion", models.TextField(blank=True, verbose_name="opinion of the Party committee")),
                ("published_from", models.DateField(blank=True, null=True, verbose_name="posted for the members from")),
                ("published_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "nominee_user",
                    models.ForeignKey(
                        blank=True,
                        help_text="If the nominee has an account here: that person may then decide nothing in this dossier.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="nominee's account",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="documents.awardtype",
                        verbose_name="award proposed",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="documents.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "award nomination",
                "verbose_name_plural": "award nominations",
            },
            bases=("workflow.dossier", models.Model),
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "document_type",
                    models.CharField(
                        choices=[
                            ("BC", "Report"),
                            ("TTr", "Submission"),
                            ("QĐ", "Decision"),
                            ("CV", "Official letter"),
                        ],
                        max_length=10,
                        verbose_name="document type",
                    ),
                ),
                ("subject", models.CharField(max_length=500, verbose_name="subject")),
                ("body", models.TextField(blank=True, verbose_name="body")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "awaiting signature"),
                            ("signed", "signed, awaiting number and sending"),
                            ("sent", "sent"),
                            ("cancelled", "cancelled"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("prepared_at", models.DateTimeField(auto_now_add=True)),
                ("prepare_key", models.UUIDField(editable=False, unique=True)),
                ("signer_name", models.CharField(blank=True, max_length=200)),
                ("signer_post", models.CharField(blank=True, max_length=120)),
                ("signature", models.JSONField(default=list)),
                ("signed_at", models.DateTimeField(null=True)),
                ("sign_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("number", models.PositiveIntegerField(null=True, verbose_name="number")),
                ("symbol", models.CharField(blank=True, max_length=60, verbose_name="number and symbol")),
                ("issued_on", models.DateField(null=True, verbose_name="date of issue")),
                ("sent_at", models.DateTimeField(null=True)),
                ("send_key", models.UUIDField(editable=False, null=True, unique=True)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed by",
                    ),
                ),
                (
                    "signed_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "outgoing paper",
                "verbose_name_plural": "outgoing papers",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="DispatchItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("version", models.PositiveIntegerField()),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="documents.dispatch"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatch_items",
                        to="workflow.dossier",
                    ),
                ),
            ],
            options={
                "ordering": ["dossier_id"],
            },
        ),
        migrations.AddField(
            model_name="dispatch",
            name="dossiers",
            field=models.ManyToManyField(
                related_name="dispatches", through="documents.DispatchItem", to="workflow.dossier"
            ),
        ),
        migrations.CreateModel(
            name="HistoricalAwardType",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=30, verbose_name="code")),
                ("name_vi", models.CharField(max_length=200, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                (
                    "target",
                    models.CharField(
                        blank=True,
                        choices=[("individual", "individual"), ("collective", "collective")],
                        help_text="Leave empty for both.",
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                ("decided_by", models.CharField(max_length=200, verbose_name="decided by")),
                (
                    "forwarded_to",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("party", "Party committee"),
                            ("city_federation", "city federation"),
                            ("state", "state body"),
                            ("other", "other body"),
                        ],
                        max_length=20,
                        verbose_name="forwarded to",
                    ),
                ),
                (
                    "threshold_numerator",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="votes in favour, parts"),
                ),
                (
                    "threshold_denominator",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="votes in favour, of parts"),
                ),
                (
                    "threshold_strict",
                    models.BooleanField(default=False, verbose_name="more than that share; exactly that is not enough"),
                ),
                (
                    "threshold_of",
                    models.CharField(
                        choices=[
                            ("all_members", "all members"),
                            ("present", "members present"),
                            ("valid_ballots", "valid ballots"),
                        ],
                        default="all_members",
                        max_length=15,
                        verbose_name="measured against",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to (last day)")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "deciding_unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Leave empty if a body outside this federation decides; the nomination is then forwarded.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="deciding unit",
                    ),
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
                "verbose_name": "historical award",
                "verbose_name_plural": "historical awards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                (
                    "document_type",
                    models.CharField(
                        choices=[
                            ("BC", "Report"),
                            ("TTr", "Submission"),
                            ("QĐ", "Decision"),
                            ("CV", "Official letter"),
                        ],
                        max_length=10,
                        verbose_name="document type",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("next_number", models.PositiveIntegerField(default=1, verbose_name="next number")),
                (
                    "pattern",
                    models.CharField(
                        default="{number}/{type}-{symbol}",
                        help_text="{number}, {type} and {symbol} (the unit's) are filled in: 27/TTr-LĐLĐ.",
                        max_length=60,
                        validators=[documents.register.number_series.pattern_that_works],
                        verbose_name="pattern of the symbol",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "number series",
                "verbose_name_plural": "number series",
                "ordering": ["unit", "-year", "document_type"],
            },
        ),
        migrations.CreateModel(
            name="Outline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("title_vi", models.CharField(max_length=400, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=400, verbose_name="title in English")),
                ("document_type", models.CharField(max_length=10, verbose_name="document type")),
                ("period_from", models.DateField(verbose_name="period from")),
                ("period_to", models.DateField(verbose_name="period to")),
                ("legal_basis", models.JSONField(default=list, verbose_name="legal basis")),
                ("guidance_vi", models.TextField(blank=True, verbose_name="guidance")),
                ("guidance_en", models.TextField(blank=True, verbose_name="guidance in English")),
                ("annexes", models.JSONField(default=list)),
                ("checklists", models.JSONField(default=dict)),
                ("consolidation", models.JSONField(default=dict)),
                ("source_hash", models.CharField(editable=False, max_length=64)),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published at")),
            ],
            options={
                "verbose_name": "outline",
                "verbose_name_plural": "outlines",
                "ordering": ["code", "-version"],
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="outline_version_once")],
            },
            bases=(documents.content.bilingual.Titled, models.Model),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("code", models.SlugField(max_length=60)),
                ("label_vi", models.CharField(max_length=300)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("int", "whole number"),
                            ("decimal", "number"),
                            ("percent", "percentage"),
                            ("money", "amount of money"),
                            ("text", "short text"),
                            ("richtext", "text"),
                            ("bool", "yes or no"),
                            ("date", "date"),
                            ("table", "table"),
                            ("file", "file"),
                        ],
                        max_length=10,
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40)),
                ("check_rule", models.CharField(blank=True, max_length=80)),
                ("computed", models.CharField(blank=True, max_length=80)),
                ("columns", models.JSONField(default=list)),
                ("optional", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("origin", models.CharField(max_length=10)),
                (
                    "outline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="indicators", to="documents.outline"
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "ordering": ["position"],
            },
            bases=(documents.content.bilingual.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCampaign",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("plan_no", models.CharField(max_length=40, verbose_name="plan number")),
                ("plan_date", models.DateField(verbose_name="date of the plan")),
                ("title_vi", models.CharField(max_length=400, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=400, verbose_name="title in English")),
                ("short_title", models.CharField(max_length=120, verbose_name="short title")),
                ("period_from", models.DateField(verbose_name="period from")),
                ("period_to", models.DateField(verbose_name="period to")),
                ("due_on", models.DateField(verbose_name="due date")),
                ("legal_basis", models.JSONField(blank=True, default=list, verbose_name="legal basis")),
                (
                    "report_checklist",
                    models.JSONField(blank=True, default=list, verbose_name="reviewer's list for reports"),
                ),
                (
                    "nomination_checklist",
                    models.JSONField(blank=True, default=list, verbose_name="reviewer's list for nominations"),
                ),
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
                    "organizer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="organised by",
                    ),
                ),
                (
                    "outline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.outline",
                        verbose_name="outline",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical campaign",
                "verbose_name_plural": "historical campaigns",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="campaign",
            name="outline",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaigns",
                to="documents.outline",
                verbose_name="outline",
            ),
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("code", models.SlugField(max_length=60)),
                ("label_vi", models.CharField(max_length=300)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                (
                    "applies_when",
                    models.CharField(
                        choices=[
                            ("always", "always"),
                            ("employer_head", "where there is an employer's head"),
                            ("has_party_org", "where there is a Party organisation"),
                        ],
                        max_length=20,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "outline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attestations", to="documents.outline"
                    ),
                ),
            ],
            options={
                "verbose_name": "attestation",
                "ordering": ["position"],
            },
            bases=(documents.content.bilingual.Labelled, models.Model),
        ),
        migrations.CreateModel(
            name="PreviousAward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("form", models.CharField(max_length=200, verbose_name="award")),
                ("decision_no", models.CharField(blank=True, max_length=60, verbose_name="decision number")),
                ("decided_by", models.CharField(blank=True, max_length=200, verbose_name="decided by")),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="previous_awards",
                        to="documents.awardnomination",
                    ),
                ),
            ],
            options={
                "verbose_name": "previous award",
                "ordering": ["year", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DispatchRecipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("action", "for action"), ("information", "for information")], max_length=12
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addresses", to="documents.dispatch"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.recipient"
                    ),
                ),
            ],
            options={
                "ordering": ["purpose", "pk"],
            },
        ),
        migrations.AddField(
            model_name="dispatch",
            name="recipients",
            field=models.ManyToManyField(
                related_name="+", through="documents.DispatchRecipient", to="documents.recipient"
            ),
        ),
        migrations.AddField(
            model_name="campaign",
            name="usual_recipients",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="documents.recipient", verbose_name="usual recipients"
            ),
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("action", "for action"), ("information", "for information")],
                        max_length=12,
                        verbose_name="sent",
                    ),
                ),
                ("receipt_no", models.CharField(blank=True, max_length=60, verbose_name="receipt number")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("acknowledged", "received"),
                            ("accepted", "accepted"),
                            ("awarded", "award given"),
                            ("declined", "declined"),
                            ("returned", "sent back"),
                        ],
                        max_length=15,
                        verbose_name="outcome",
                    ),
                ),
                ("replied_on", models.DateField(null=True, verbose_name="date of the reply")),
                ("settled", models.BooleanField(default=False, verbose_name="settled")),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="documents.dispatch"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="workflow.dossier"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="documents.recipient"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "referral",
                "ordering": ["purpose", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "dossier_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="workflow.dossier",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="documents.campaign",
                        verbose_name="campaign",
                    ),
                ),
                (
                    "outline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="documents.outline",
                        verbose_name="outline",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
            },
            bases=("workflow.dossier",),
        ),
        migrations.CreateModel(
            name="HistoricalFigure",
            fields=[
                ("number", models.DecimalField(decimal_places=15, max_digits=30, null=True)),
                ("text", models.TextField(blank=True)),
                ("truth", models.BooleanField(null=True)),
                ("rows", models.JSONField(null=True)),
                ("missing_reason", models.CharField(blank=True, max_length=300, verbose_name="why there is no figure")),
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
                    "indicator",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.indicator",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical figure",
                "verbose_name_plural": "historical figures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "report", "indicator", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.DecimalField(decimal_places=15, max_digits=30, null=True)),
                ("text", models.TextField(blank=True)),
                ("truth", models.BooleanField(null=True)),
                ("rows", models.JSONField(null=True)),
                ("missing_reason", models.CharField(blank=True, max_length=300, verbose_name="why there is no figure")),
                (
                    "indicator",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.indicator",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="documents.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure",
            },
        ),
        migrations.CreateModel(
            name="ReportAttestation",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "report", "attestation", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("given", models.BooleanField(default=False, verbose_name="given")),
                ("person_name", models.CharField(blank=True, max_length=200, verbose_name="given by")),
                ("given_on", models.DateField(blank=True, null=True, verbose_name="on")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="note")),
                (
                    "attestation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.attestation",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attestations",
                        to="documents.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "attestation of a report",
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded", models.UUIDField(editable=False, null=True)),
                ("code", models.CharField(max_length=12)),
                ("title_vi", models.CharField(max_length=400)),
                ("title_en", models.CharField(blank=True, max_length=400)),
                ("guidance_vi", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("has_parts", models.BooleanField(default=False)),
                ("optional", models.BooleanField(default=False)),
                ("origin", models.CharField(max_length=10)),
                (
                    "outline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="documents.outline"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="documents.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "ordering": ["position"],
            },
            bases=(documents.content.bilingual.Titled, models.Model),
        ),
        migrations.CreateModel(
            name="ReportSection",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "report", "section", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("html", models.TextField(blank=True, verbose_name="text")),
                (
                    "report",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="section_texts",
                        to="documents.report",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "section of a report",
            },
        ),
        migrations.AddField(
            model_name="indicator",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="indicators", to="documents.section"
            ),
        ),
        migrations.CreateModel(
            name="HistoricalReportSection",
            fields=[
                ("html", models.TextField(blank=True, verbose_name="text")),
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
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.report",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        db_index=False,
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="documents.section",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical section of a report",
                "verbose_name_plural": "historical section of a reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="awardtype",
            constraint=models.UniqueConstraint(fields=("code", "valid_from"), name="award_from_a_day_once"),
        ),
        migrations.AddConstraint(
            model_name="awardtype",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("threshold_denominator", None), ("threshold_numerator", None), ("threshold_strict", False)
                    ),
                    models.Q(
                        ("threshold_denominator__isnull", False),
                        ("threshold_numerator__isnull", False),
                        ("threshold_numerator__gte", 1),
                        models.Q(
                            ("threshold_numerator__lt", models.F("threshold_denominator")),
                            models.Q(
                                ("threshold_numerator", models.F("threshold_denominator")), ("threshold_strict", False)
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="award_threshold_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="awardtype",
            constraint=models.CheckConstraint(
                condition=models.Q(("deciding_unit", None), ("forwarded_to", ""), _connector="XOR"),
                name="award_decided_here_or_forwarded",
                violation_error_message="An award is either decided by a unit in this system or forwarded; please choose one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("dossier", "blob"), name="attached_once"),
        ),
        migrations.AddConstraint(
            model_name="dispatchitem",
            constraint=models.UniqueConstraint(fields=("dispatch", "dossier"), name="dossier_once_in_a_dispatch"),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(fields=("unit", "document_type", "year"), name="number_series_once"),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_number__gte", 1)), name="number_series_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="attestation",
            constraint=models.UniqueConstraint(fields=("outline", "code"), name="attestation_code_once"),
        ),
        migrations.AddConstraint(
            model_name="dispatchrecipient",
            constraint=models.UniqueConstraint(fields=("dispatch", "recipient"), name="recipient_once_in_a_dispatch"),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(fields=["unit", "state"], name="documents_d_unit_id_135301_idx"),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.UniqueConstraint(
                fields=("unit", "document_type", "year", "number"), name="dispatch_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("issued_on__isnull", False),
                        ("number__isnull", False),
                        ("signed_at__isnull", False),
                        ("state", "sent"),
                    ),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("issued_on", None), ("number", None)),
                    _connector="OR",
                ),
                name="dispatch_numbered_when_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(
                fields=("organizer", "plan_no", "plan_date"), name="campaign_of_a_plan_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_to__gte", models.F("period_from"))), name="campaign_period_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("dispatch", "dossier", "recipient"), name="referral_once"),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("missing_reason", ""),
                    models.Q(("number", None), ("rows__isnull", True), ("text", ""), ("truth", None)),
                    _connector="OR",
                ),
                name="figure_or_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(fields=("outline", "code"), name="section_code_once"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("outline", "code"), name="indicator_code_once"),
        ),
    ]
