"""What a unit was called before is kept by the database itself."""

from django.db import migrations

from accounts import former_names


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(former_names.TRIGGER, former_names.DROP)]
