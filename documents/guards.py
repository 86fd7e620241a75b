"""What the database itself refuses about outlines, outgoing papers, files and whatever sealed content quotes."""

from accounts.models import Recorded
from ledger import rows

# A row that names its event, and else stays as it is: whether the event says so is checked at COMMIT.
NAMES_ITS_EVENT = """IF TG_OP = 'UPDATE' THEN
        IF OLD.recorded IS DISTINCT FROM NEW.recorded AND to_jsonb(OLD) - 'recorded' = to_jsonb(NEW) - 'recorded' THEN
            RETURN NEW;
        END IF;
    END IF;"""

OUTLINE_FIXED = f"""
CREATE OR REPLACE FUNCTION documents_outline_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    row_json jsonb := to_jsonb(CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END);
    published timestamptz;
BEGIN
    {NAMES_ITS_EVENT}
    SELECT published_at INTO published FROM documents_outline WHERE id = (row_json->>TG_ARGV[0])::bigint FOR SHARE;
    IF published IS NOT NULL THEN
        RAISE EXCEPTION 'a published outline never changes: % on % refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'TR020';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $guard$;
CREATE TRIGGER outline_fixed BEFORE UPDATE OR DELETE ON documents_outline
    FOR EACH ROW EXECUTE FUNCTION documents_outline_fixed('id');
CREATE TRIGGER section_fixed BEFORE INSERT OR UPDATE OR DELETE ON documents_section
    FOR EACH ROW EXECUTE FUNCTION documents_outline_fixed('outline_id');
CREATE TRIGGER indicator_fixed BEFORE INSERT OR UPDATE OR DELETE ON documents_indicator
    FOR EACH ROW EXECUTE FUNCTION documents_outline_fixed('outline_id');
CREATE TRIGGER attestation_fixed BEFORE INSERT OR UPDATE OR DELETE ON documents_attestation
    FOR EACH ROW EXECUTE FUNCTION documents_outline_fixed('outline_id');
"""  # noqa: S608 - our own words

DISPATCH_FIXED = f"""
CREATE OR REPLACE FUNCTION documents_dispatch_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'prepared' THEN
            RAISE EXCEPTION 'an outgoing paper does not begin as "%"', NEW.state USING ERRCODE = 'TR022';
        END IF;
        RETURN NEW;
    END IF;
    {NAMES_ITS_EVENT}
    IF OLD.state IN ('sent', 'cancelled') OR TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an outgoing paper that is "%" never changes: % refused', OLD.state, TG_OP
            USING ERRCODE = 'TR021';
    END IF;
    IF (OLD.state, NEW.state) NOT IN (('prepared', 'prepared'), ('prepared', 'signed'), ('prepared', 'cancelled'),
                                      ('signed', 'sent'), ('signed', 'cancelled')) THEN
        RAISE EXCEPTION 'an outgoing paper does not go from "%" to "%"', OLD.state, NEW.state USING ERRCODE = 'TR022';
    END IF;
    IF (NEW.ref, NEW.unit_id, NEW.prepared_by_id, NEW.prepared_at, NEW.prepare_key)
       IS DISTINCT FROM (OLD.ref, OLD.unit_id, OLD.prepared_by_id, OLD.prepared_at, OLD.prepare_key) THEN
        RAISE EXCEPTION 'what an outgoing paper is cannot change' USING ERRCODE = 'TR023';
    END IF;
    IF OLD.state = 'signed' AND (NEW.document_type, NEW.subject, NEW.body, NEW.signed_by_id, NEW.signed_for_id,
                                 NEW.signer_name, NEW.signer_post, NEW.signature, NEW.signed_at, NEW.sign_key)
       IS DISTINCT FROM (OLD.document_type, OLD.subject, OLD.body, OLD.signed_by_id, OLD.signed_for_id,
                         OLD.signer_name, OLD.signer_post, OLD.signature, OLD.signed_at, OLD.sign_key) THEN
        RAISE EXCEPTION 'what was signed is what is sent' USING ERRCODE = 'TR024';
    END IF;
    RETURN NEW;
END $guard$;
CREATE OR REPLACE FUNCTION documents_dispatch_part_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    carrying bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.dispatch_id ELSE OLD.dispatch_id END;
    standing text;
BEGIN
    SELECT state INTO standing FROM documents_dispatch WHERE id = carrying FOR SHARE;
    IF standing <> 'prepared' OR (TG_OP = 'UPDATE' AND NEW.dispatch_id <> OLD.dispatch_id) THEN
        RAISE EXCEPTION '% of an outgoing paper that is "%" is fixed', TG_TABLE_NAME, standing USING ERRCODE = 'TR025';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $guard$;
CREATE TRIGGER dispatch_fixed BEFORE INSERT OR UPDATE OR DELETE ON documents_dispatch
    FOR EACH ROW EXECUTE FUNCTION documents_dispatch_fixed();
CREATE TRIGGER item_fixed BEFORE INSERT OR UPDATE OR DELETE ON documents_dispatchitem
    FOR EACH ROW EXECUTE FUNCTION documents_dispatch_part_fixed();
CREATE TRIGGER recipient_fixed BEFORE INSERT OR UPDATE OR DELETE ON documents_dispatchrecipient
    FOR EACH ROW EXECUTE FUNCTION documents_dispatch_part_fixed();
"""  # noqa: S608 - our own words

QUOTED_FIXED = """
CREATE OR REPLACE FUNCTION documents_quoted_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    quoted boolean := EXISTS (SELECT FROM documents_awardnomination WHERE NEW.id =
        CASE TG_TABLE_NAME WHEN 'documents_campaign' THEN campaign_id ELSE award_id END);
BEGIN
    IF TG_TABLE_NAME = 'documents_campaign' THEN
        quoted := quoted OR EXISTS (SELECT FROM documents_report WHERE campaign_id = NEW.id);
    END IF;
    IF quoted THEN
        RAISE EXCEPTION '%: papers already quote this row', TG_TABLE_NAME USING ERRCODE = 'TR026';
    END IF;
    RETURN NEW;
END $guard$;
CREATE TRIGGER campaign_fixed BEFORE UPDATE ON documents_campaign FOR EACH ROW
    WHEN (NEW.plan_no IS DISTINCT FROM OLD.plan_no OR NEW.plan_date IS DISTINCT FROM OLD.plan_date
          OR NEW.period_from IS DISTINCT FROM OLD.period_from OR NEW.period_to IS DISTINCT FROM OLD.period_to
          OR NEW.title_vi IS DISTINCT FROM OLD.title_vi OR NEW.title_en IS DISTINCT FROM OLD.title_en)
    EXECUTE FUNCTION documents_quoted_fixed();
CREATE TRIGGER award_fixed BEFORE UPDATE ON documents_awardtype FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{valid_to,recorded}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{valid_to,recorded}'::text[])
    EXECUTE FUNCTION documents_quoted_fixed();
"""

BLOB_SEALED = """
CREATE TRIGGER blob_sealed BEFORE UPDATE OR DELETE ON documents_blob
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
"""

# At COMMIT: a file is there if, and only if, it was attached last and not taken off.
ATTACHED = """
CREATE OR REPLACE FUNCTION documents_attached() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    it documents_attachment%ROWTYPE := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (SELECT FROM documents_attachment WHERE dossier_id = it.dossier_id AND blob_id = it.blob_id)
       <> coalesce((
           SELECT verb = 'attach' FROM ledger_event JOIN workflow_dossier ON ref = chain
           WHERE workflow_dossier.id = it.dossier_id AND verb IN ('attach', 'detach')
             AND facts->>'sha256' = (SELECT sha256 FROM documents_blob WHERE id = it.blob_id)
           ORDER BY seq DESC LIMIT 1), false) THEN
        RAISE EXCEPTION 'attachment %: no event says that it came or went', it.id USING ERRCODE = 'TR039';
    END IF;
    RETURN NULL;
END $guard$;
CREATE CONSTRAINT TRIGGER attachment_attached AFTER INSERT OR DELETE ON documents_attachment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION documents_attached();
CREATE TRIGGER attachment_stays BEFORE UPDATE ON documents_attachment FOR EACH ROW
    WHEN (OLD.blob_id <> NEW.blob_id) EXECUTE FUNCTION ledger_immutable();
"""

REMOVE = """
DROP FUNCTION documents_attached() CASCADE;
DROP TRIGGER attachment_stays ON documents_attachment;
DROP TRIGGER blob_sealed ON documents_blob;
DROP FUNCTION documents_quoted_fixed() CASCADE;
DROP FUNCTION documents_outline_fixed() CASCADE;
DROP FUNCTION documents_dispatch_fixed() CASCADE;
DROP FUNCTION documents_dispatch_part_fixed() CASCADE;
"""

INSTALL = OUTLINE_FIXED + DISPATCH_FIXED + QUOTED_FIXED + BLOB_SEALED + ATTACHED

CONTENT = {  # every table that a signature on a dossier covers, and its column that holds the dossier's id
    "documents_report": "dossier_ptr_id",
    "documents_reportsection": "report_id",
    "documents_figure": "report_id",
    "documents_reportattestation": "report_id",
    "documents_awardnomination": "dossier_ptr_id",
    "documents_previousaward": "nomination_id",
    "documents_attachment": "dossier_id",
}


def recorded() -> list[type[Recorded]]:
    """The rows of this room that name the event which wrote them."""
    from documents import models

    return [
        *(models.Dispatch, models.DispatchItem, models.DispatchRecipient, models.Referral, models.NumberSeries),
        *(models.Outline, models.Section, models.Indicator, models.Attestation),
        *(models.Campaign, models.AwardType, models.Recipient),
    ]


def recorded_sql() -> str:
    return "".join(rows.guard(model) for model in recorded())
