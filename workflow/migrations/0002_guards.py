"""The database's own guards. A later change of the state machine installs `functions_sql()` again in a new migration."""

from django.db import migrations

from workflow.ledger import guards


def install(apps, schema_editor):
    schema_editor.execute(guards.functions_sql(), params=None)
    schema_editor.execute(guards.triggers_sql(), params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("workflow", "0001_initial")]
    operations = [migrations.RunPython(install, elidable=False)]
