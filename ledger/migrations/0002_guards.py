"""The record's own guards."""

from django.db import migrations

from ledger import guards


def install(apps, schema_editor):
    schema_editor.execute(guards.functions_sql(), params=None)
    schema_editor.execute(guards.triggers_sql(), params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(install, elidable=False)]
