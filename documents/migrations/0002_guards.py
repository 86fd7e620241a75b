"""The guards of outlines, letters, files and whatever sealed content quotes."""

from django.db import migrations

from documents import guards
from workflow.guards import freeze


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("workflow", "0002_guards")]
    operations = [
        migrations.RunSQL(guards.INSTALL, guards.REMOVE),
        *(freeze(table, column) for table, column in guards.CONTENT.items()),
    ]
