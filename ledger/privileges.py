"""What the application's role may do: everything but change what is sealed."""

APP_ROLE = "trinh_app"
ADD_ONLY = [
    "ledger_event",
    "ledger_opening",
    "workflow_wording",
    "workflow_version",
    "workflow_accesslog",
    "accounts_signin",
]
INDEXED = ["indexed"]  # of an opening: whether search has its words yet, which says nothing and hides nothing
READ_ONLY = ["django_migrations"]


def grant_sql() -> str:
    """SELECT and INSERT on the ledger, no TRUNCATE anywhere, nothing on what only migrations write."""
    return f"""
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        GRANT USAGE ON SCHEMA public TO {APP_ROLE};
        REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP_ROLE};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP_ROLE};
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE};
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE};
        REVOKE UPDATE, DELETE ON {", ".join(ADD_ONLY)} FROM {APP_ROLE};
        REVOKE INSERT, UPDATE, DELETE ON {", ".join(READ_ONLY)} FROM {APP_ROLE};
        GRANT UPDATE ({", ".join(INDEXED)}) ON ledger_opening TO {APP_ROLE};
    """
