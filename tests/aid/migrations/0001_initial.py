from django.db import migrations, models

from workflow.guards import freeze


class Migration(migrations.Migration):
    initial = True
    dependencies = [("workflow", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="AidRequest",
            fields=[
                (
                    "dossier_ptr",
                    models.OneToOneField(
                        "workflow.Dossier",
                        models.CASCADE,
                        auto_created=True,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("member", models.CharField(max_length=200)),
                ("amount", models.PositiveBigIntegerField(null=True, blank=True)),
                ("reason", models.TextField(blank=True)),
            ],
            bases=("workflow.dossier",),
        ),
        freeze("aid_aidrequest", "dossier_ptr_id"),
    ]
