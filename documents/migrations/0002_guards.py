"""The guards of outlines, letters, files and whatever sealed content quotes."""

from django.db import migrations

from documents import guards
from workflow.guards import freeze


def record(apps, schema_editor):
    schema_editor.execute(guards.recorded_sql(), params=None)


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("workflow", "0002_guards")]
    operations = [
        migrations.RunSQL(guards.INSTALL, guards.REMOVE),
        migrations.RunPython(record, elidable=False),
        *(freeze(table, column) for table, column in guards.CONTENT.items()),
    ]
