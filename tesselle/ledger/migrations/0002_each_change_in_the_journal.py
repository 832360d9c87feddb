"""Write each change of a delivery's or an attempt's state into the journal, whoever makes it.

In the database, so that no statement of the hot path can forget it. A person's name comes from
the settings `tesselle.actor_id` and `tesselle.actor_name` of the transaction.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_tell_the_journal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  person bigint := nullif(current_setting('tesselle.actor_id', true), '')::bigint;
  called text := coalesce(current_setting('tesselle.actor_name', true), '');
BEGIN
  IF TG_TABLE_NAME = 'ledger_delivery' THEN
    INSERT INTO journal_entry (workspace_id, actor_id, actor_name, verb, subject_kind, subject_id, params)
    VALUES (NEW.workspace_id, person, called, 'delivery.' || NEW.state, 'delivery', NEW.id,
            jsonb_strip_nulls(jsonb_build_object('from', OLD.state, 'reason', nullif(NEW.reason, ''))));
  ELSE
    INSERT INTO journal_entry (actor_id, actor_name, verb, subject_kind, subject_id, params)
    VALUES (person, called, 'attempt.' || NEW.state, 'delivery', NEW.delivery_id,
            jsonb_strip_nulls(jsonb_build_object('from', OLD.state, 'attempt', NEW.id,
                                                 'verdict', nullif(NEW.verdict, ''))));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER delivery_in_journal AFTER UPDATE OF state ON ledger_delivery
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION ledger_tell_the_journal();
CREATE TRIGGER attempt_in_journal AFTER UPDATE OF state ON ledger_attempt
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION ledger_tell_the_journal();
"""

BACKWARD = """
DROP TRIGGER attempt_in_journal ON ledger_attempt;
DROP TRIGGER delivery_in_journal ON ledger_delivery;
DROP FUNCTION ledger_tell_the_journal();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_foundation"), ("journal", "0001_foundation")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
