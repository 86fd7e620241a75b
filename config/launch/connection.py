"""Where PostgreSQL is: the address in the environment, or else the embedded server's socket."""

import json
import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

NAME = "trinh"
OWNER = "trinh_owner"
APP = "trinh_app"
LASTING = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
VARIABLES = {APP: "DATABASE_URL", OWNER: "DATABASE_OWNER_URL"}


def embedded() -> bool:
    """Whether the program brings its own server."""
    return not os.environ.get(VARIABLES[APP])


def url(role: str, var: Path) -> str:
    """The address for this role; the owner's falls back to the program's where only one is given."""
    if not embedded():
        return os.environ.get(VARIABLES[role]) or os.environ[VARIABLES[APP]]
    return f"postgresql://{role}@/{NAME}?host={socket_folder(var)}"


def socket_folder(var: Path) -> str:
    """Where the running embedded server listens; the usual place before its first start."""
    try:
        return json.loads((var / "database.json").read_text())["socket"]
    except (FileNotFoundError, ValueError, KeyError):
        return str(var / "postgres" / "socket")


def django(address: str) -> dict:
    """The address as an entry of Django's DATABASES."""
    options = conninfo_to_dict(address)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    entry = {key: options.pop(name, "") for key, name in names.items()}
    # Of `accounts.compiled` (Django's own cursors bind in the client): each is planned once. PostgreSQL
    # would plan those with a list anew each time, for it takes a list that it cannot see for a long one.
    options.setdefault("prepare_threshold", 2)
    options["options"] = f"{options.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": options, **LASTING}
