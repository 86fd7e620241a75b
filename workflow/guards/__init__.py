"""What the database itself refuses of dossiers: a step that is not legal, a state without its event, sealed content.

Every function fixes its own search path: a temporary table named like one of ours would otherwise be read in its place.
"""

from textwrap import dedent

from django.db import migrations

from ledger import rows
from ledger.envelope import REGISTRY
from workflow.guards.content import FREEZE, POINT_OF_ITS_RETURN, VERSION_GUARD, WORDING_GUARD
from workflow.guards.standing import DOSSIER_FIXED, DOSSIER_NAMED, DOSSIER_TOLD, STATE_MATCHES
from workflow.guards.steps import step_guard

TRIGGERS = f"""
CREATE TRIGGER event_step BEFORE INSERT ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION workflow_step_guard();
CREATE TRIGGER wording_guard BEFORE INSERT ON workflow_wording
    FOR EACH ROW EXECUTE FUNCTION workflow_wording_guard();
CREATE TRIGGER wording_sealed BEFORE UPDATE OR DELETE ON workflow_wording
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER version_guard BEFORE INSERT ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION workflow_version_guard();
CREATE TRIGGER version_sealed BEFORE UPDATE OR DELETE ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER version_frozen BEFORE INSERT ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE TRIGGER point_frozen BEFORE INSERT OR UPDATE OR DELETE ON workflow_point
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE CONSTRAINT TRIGGER point_of_its_return AFTER INSERT ON workflow_point
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_point_of_its_return();
CREATE TRIGGER point_said BEFORE UPDATE ON workflow_point FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{{answer,answered_by_id,answered_at,recorded}}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{{answer,answered_by_id,answered_at,recorded}}'::text[])
    EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER editor_frozen BEFORE INSERT OR UPDATE OR DELETE ON workflow_editor
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE TRIGGER editor_kept BEFORE UPDATE OR DELETE ON workflow_editor
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER dossier_kept BEFORE DELETE ON workflow_dossier
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER dossier_numbered_and_named BEFORE INSERT ON workflow_dossier
    FOR EACH ROW WHEN (NEW.id <= 0 OR NEW.ref = '{REGISTRY}') EXECUTE FUNCTION workflow_dossier_named();
CREATE TRIGGER dossier_fixed
    BEFORE UPDATE OF id, ref, kind, unit_id, author_id, slot, created_at, due_on, subject, replaces_id
    ON workflow_dossier
    FOR EACH ROW EXECUTE FUNCTION workflow_dossier_fixed();
CREATE CONSTRAINT TRIGGER dossier_state_matches
    AFTER INSERT OR UPDATE OF state, version, state_since, submitter_id, handler_id ON workflow_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_state_matches();
CREATE CONSTRAINT TRIGGER event_state_matches AFTER INSERT ON ledger_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_event_matches();
CREATE CONSTRAINT TRIGGER dossier_versions_match AFTER INSERT OR UPDATE OF version ON workflow_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_versions_match();
CREATE CONSTRAINT TRIGGER version_of_its_dossier AFTER INSERT ON workflow_version
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_versions_match();
"""


def triggers_sql() -> str:
    from workflow.models import DossierUserObjectPermission, Point

    return TRIGGERS + rows.guard(DossierUserObjectPermission) + rows.guard(Point)


def functions_sql() -> str:
    dossier = DOSSIER_TOLD + STATE_MATCHES + DOSSIER_FIXED + DOSSIER_NAMED
    return step_guard() + dossier + POINT_OF_ITS_RETURN + FREEZE + VERSION_GUARD + WORDING_GUARD


def freeze(table: str, column: str) -> migrations.RunSQL:
    """A migration's operation: rows of `table` change only while the dossier in `column` is a draft or returned."""
    name = f"{table}_frozen"
    return migrations.RunSQL(
        dedent(f"""
            CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION workflow_freeze('{column}');
        """),
        f"DROP TRIGGER {name} ON {table}",
    )
