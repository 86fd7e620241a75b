"""The guards of dossiers. A later change of the state machine installs `functions_sql()` again in a new migration."""

from django.db import migrations

from workflow import guards


def install(apps, schema_editor):
    schema_editor.execute(guards.functions_sql(), params=None)
    schema_editor.execute(guards.triggers_sql(), params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards"), ("workflow", "0001_initial")]
    operations = [migrations.RunPython(install, elidable=False)]
