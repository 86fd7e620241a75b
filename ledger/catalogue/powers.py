"""Who could go round the guards, and what a server, a database or a role is set to that lames them."""

from collections.abc import Iterator

from ledger.catalogue.guards import GUARDS
from ledger.catalogue.query import rows
from ledger.privileges import ADD_ONLY, APP_ROLE, INDEXED

SOUND = {  # what nothing may set to anything else
    "session_replication_role": ("origin",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    "row_security": ("on",),
    "search_path": ('"$user", public', "public"),
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "zero_damaged_pages": ("off",),
    "ignore_checksum_failure": ("off",),
}

# For roles and databases, and for the server where this very session has not been set otherwise.
SETTINGS = """
SELECT coalesce(rolname, ''), coalesce(datname, ''), setting
FROM pg_db_role_setting
LEFT JOIN pg_roles ON pg_roles.oid = setrole LEFT JOIN pg_database ON pg_database.oid = setdatabase,
unnest(setconfig) AS setting
WHERE setdatabase = 0 OR datname = current_database()
UNION ALL SELECT '', '', name || '=' || setting FROM pg_settings
WHERE source IN ('default', 'configuration file', 'command line', 'environment variable')
ORDER BY 1, 2, 3"""

GRANTS = """
SELECT DISTINCT relname::text, coalesce(rolname, 'PUBLIC'), privilege_type
FROM pg_class, LATERAL (
    SELECT * FROM aclexplode(relacl)
    UNION ALL
    SELECT entry.* FROM pg_attribute, aclexplode(attacl) AS entry
    WHERE attrelid = pg_class.oid AND NOT (relname = 'ledger_opening' AND attname = ANY(%s))
) AS granted LEFT JOIN pg_roles ON pg_roles.oid = grantee
WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s) AND grantee <> relowner
  AND (privilege_type IN ('TRUNCATE', 'TRIGGER') OR (relname = ANY(%s) AND privilege_type IN ('UPDATE', 'DELETE')))
ORDER BY 1, 2, 3"""

POWERS = """
SELECT rolsuper, rolreplication, rolbypassrls, rolcreaterole,
       has_schema_privilege(rolname, 'public', 'CREATE') AND NOT rolsuper
FROM pg_roles WHERE rolname = %s"""

# What the program's role owns, it may alter and replace.
OWNED = """
SELECT 'table ' || relname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s) AND rolname = %s
UNION ALL
SELECT 'function ' || proname FROM pg_proc JOIN pg_roles ON pg_roles.oid = proowner
WHERE pronamespace = 'public'::regnamespace AND proname = ANY(%s) AND rolname = %s
ORDER BY 1"""

# Every other role whose rights the program's role has or may take: a superuser's, the owner's, PostgreSQL's own.
MEMBERSHIPS = """
SELECT other.rolname::text FROM pg_roles AS app, pg_roles AS other
WHERE app.rolname = %s AND NOT app.rolsuper AND other.oid <> app.oid AND pg_has_role(app.oid, other.oid, 'MEMBER')
ORDER BY 1"""

PARAMETERS = """
SELECT coalesce(rolname, 'PUBLIC'), parname FROM pg_parameter_acl, aclexplode(paracl)
LEFT JOIN pg_roles ON pg_roles.oid = grantee
WHERE parname = ANY(%s) AND grantee <> grantor ORDER BY 1, 2"""

# A function that acts in its owner's name, or an operator that stands before PostgreSQL's own inside a guard.
STRANGERS = """
SELECT 'function ' || proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prosecdef
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
UNION ALL
SELECT 'operator ' || oid::regoperator FROM pg_operator
WHERE oprnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_operator.oid AND deptype = 'e')
UNION ALL
SELECT 'function ' || proname FROM pg_proc AS ours
WHERE pronamespace = 'public'::regnamespace AND NOT prosecdef
  AND EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ours.proname)
  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = ours.oid AND deptype = 'e')
ORDER BY 1"""


def settings() -> Iterator[str]:
    for role, database, setting in rows(SETTINGS):
        name, _, value = setting.partition("=")
        if name in SOUND and value not in SOUND[name]:
            where = " in ".join(filter(None, [role and f"role {role}", database and f"database {database}"]))
            yield f"{where or 'the server'} sets {name} to {value or 'nothing'}"


def powers(tables: list[str]) -> Iterator[str]:
    """Of whoever may write past the guards of these tables, and of the program's role above all."""
    for table, role, privilege in rows(GRANTS, INDEXED, tables, ADD_ONLY):
        yield f"role {role} has the privilege {privilege} on {table}"
    for role, parameter in rows(PARAMETERS, list(SOUND)):
        yield f"role {role} may set {parameter}"
    for superuser, replication, bypasses, makes_roles, creates in rows(POWERS, APP_ROLE):
        has = {
            "superuser": superuser,
            "replication": replication,
            "bypassing row-level security": bypasses,
            "making roles": makes_roles,
        }
        yield from (f"role {APP_ROLE} has the power of {power}" for power, it_has in has.items() if it_has)
        if creates:
            yield f"role {APP_ROLE} may create tables and functions"
    for (name,) in rows(OWNED, tables, APP_ROLE, list(GUARDS.functions), APP_ROLE):
        yield f"role {APP_ROLE} owns {name}"
    for (role,) in rows(MEMBERSHIPS, APP_ROLE):
        yield f"role {APP_ROLE} is a member of {role}"


def strangers() -> Iterator[str]:
    """What the program has not put into the schema, and what could act inside its guards or in another's name."""
    for (name,) in rows(STRANGERS):
        yield f"{name} is none of the program's"
