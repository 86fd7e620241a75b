"""What a unit was called before goes on to find it, however its row is written."""

TRIGGER = """
CREATE OR REPLACE FUNCTION accounts_keep_former_names() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    borne text;
BEGIN
    NEW.former_names := OLD.former_names;
    FOREACH borne IN ARRAY ARRAY[OLD.code, OLD.name, OLD.short_name] LOOP
        IF borne NOT IN (NEW.code, NEW.name, NEW.short_name)
           AND borne <> ALL (string_to_array(NEW.former_names, chr(10))) THEN
            NEW.former_names := NEW.former_names || borne || chr(10);
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER accounts_unit_former_names BEFORE UPDATE ON accounts_unit
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_former_names();
"""
DROP = """
DROP TRIGGER accounts_unit_former_names ON accounts_unit;
DROP FUNCTION accounts_keep_former_names();
"""
