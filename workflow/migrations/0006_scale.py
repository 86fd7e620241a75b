import django.contrib.postgres.indexes
from django.db import migrations, models

from workflow import said


class Migration(migrations.Migration):
    dependencies = [("workflow", "0005_office"), ("accounts", "0003_history")]
    operations = [
        migrations.RunSQL(said.FUNCTIONS, said.DROP),
        migrations.AddIndex(
            model_name="opening",
            index=django.contrib.postgres.indexes.GinIndex(said.Said("texts"), name="opening_said"),
        ),
        migrations.AddField(
            model_name="point",
            name="reason",
            field=models.CharField(
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
        migrations.AddIndex(model_name="event", index=models.Index(fields=["verb", "-at"], name="event_by_verb")),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["-at"], condition=models.Q(sole_officer=True), name="event_sole_officer"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["-at"], condition=models.Q(acting_for__isnull=False), name="event_delegated"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["-at"], condition=models.Q(verb="return", version__gte=2), name="event_returned_again"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["slot"], condition=models.Q(slot__isnull=False), name="dossier_slot"),
        ),
    ]
