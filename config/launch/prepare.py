"""Brings an installation up to its code: tables, rights, words, fonts, static files. `python -m config.launch.prepare`

Runs as the owner of the tables and is safe to repeat; the program itself never has the owner's rights.
"""

import os

import django
from django.conf import settings
from django.core.management import call_command

from config.launch import fonts, messages


def main() -> None:
    os.environ["TRINH_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    messages.compile_all()
    django.setup()
    fonts.main(settings.VAR / "fonts")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("grant_privileges")
    call_command("index_search")
    call_command("collectstatic", verbosity=0, interactive=False)


if __name__ == "__main__":
    main()
