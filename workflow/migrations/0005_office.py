from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("workflow", "0004_notices")]
    operations = []
