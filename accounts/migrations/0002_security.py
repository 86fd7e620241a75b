import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="given_password_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="SecurityPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "second_factor",
                    models.BooleanField(
                        default=False, verbose_name="a second factor is required of those who decide"
                    ),
                ),
                (
                    "step_up",
                    models.BooleanField(default=False, verbose_name="those who decide must confirm their identity again"),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="security_policy",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={"verbose_name": "security policy", "verbose_name_plural": "security policies"},
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("unknown_name", models.CharField(blank=True, max_length=16)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("signed_in", "signed in"),
                            ("refused", "refused"),
                            ("held_off", "blocked: too many attempts"),
                            ("confirmed", "confirmed their identity"),
                            ("signed_out", "signed out"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("method", models.CharField(blank=True, max_length=40, verbose_name="method")),
                ("ip", models.GenericIPAddressField(null=True, verbose_name="address")),
                ("user_agent", models.CharField(blank=True, max_length=200)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sign-in",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["user", "-id"], name="accounts_si_user_id_d49209_idx")],
            },
        ),
    ]
