from django.db import migrations, models

from accounts import folding, former_names
from accounts.models.folded import folded


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_history")]
    operations = [
        migrations.RunSQL(folding.FUNCTION, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="unit",
            name="former_names",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.RemoveField(model_name="unit", name="search_text"),
        migrations.AddField(
            model_name="unit", name="search_text", field=folded("code", "short_name", "name", "former_names")
        ),
        migrations.RemoveField(model_name="user", name="search_text"),
        migrations.AddField(model_name="user", name="search_text", field=folded("full_name", "username")),
        migrations.RunSQL(former_names.TRIGGER, former_names.DROP),
    ]
