from django.db import migrations

from workflow import said


class Migration(migrations.Migration):
    dependencies = [("workflow", "0006_scale"), ("accounts", "0004_former_names")]
    operations = [
        migrations.RunSQL(said.FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL("REINDEX INDEX opening_said", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="unitentry", name="unit_entry_words"),
        migrations.RemoveField(model_name="unitentry", name="words"),
    ]
