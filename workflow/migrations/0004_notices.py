"""The outbox, what each person chose, and reminders of due dates."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0003_search")]
    operations = [
        migrations.AddField(
            model_name="notice",
            name="not_mailed",
            field=models.CharField(
                blank=True,
                choices=[
                    ("address", "on the page only: no e-mail address"),
                    ("choice", "on the page only, by choice"),
                    ("read", "on the page only: read before an e-mail was due"),
                ],
                default="choice",
                max_length=10,
            ),
            preserve_default=False,  # notices from before mails were made stay in the page
        ),
        migrations.AlterField(
            model_name="notice",
            name="event",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="workflow.event"
            ),
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
        migrations.AddField(
            model_name="notice",
            name="mail",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="workflow.mail"
            ),
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
        migrations.AddField(
            model_name="notice",
            name="reminder",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="workflow.reminder"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mail", None), ("not_mailed", "")), fields=["id"], name="notice_to_be_mailed"
            ),
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
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("matter", "due_on", "step"), name="reminder_once"),
        ),
    ]
