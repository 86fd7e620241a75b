import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from accounts import folding
from accounts.models.folded import folded


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_security")]
    operations = [
        migrations.RunSQL(folding.FUNCTION, folding.DROP),
        migrations.AddField(model_name="unit", name="search_text", field=folded("code", "short_name", "name")),
        migrations.AddField(model_name="user", name="search_text", field=folded("full_name", "username")),
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
    ]
