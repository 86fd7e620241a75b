from django.db import migrations

from workflow.guards import freeze


class Migration(migrations.Migration):
    dependencies = [("testapp", "0001_initial"), ("workflow", "0002_guards")]
    operations = [freeze("testapp_memo", "dossier_ptr_id")]
