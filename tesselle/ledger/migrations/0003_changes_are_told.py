"""Tell whoever looks at a page that a delivery came to be, moved, or changed its state: its id, no more."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_tell_the_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tesselle_changes', NEW.workspace_id || ' delivery ' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER delivery_made_is_told AFTER INSERT ON ledger_delivery
  FOR EACH ROW EXECUTE FUNCTION ledger_tell_the_pages();
CREATE TRIGGER delivery_changed_is_told AFTER UPDATE OF state, due_at, variant_id ON ledger_delivery
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.due_at IS DISTINCT FROM NEW.due_at
                     OR OLD.variant_id IS DISTINCT FROM NEW.variant_id)
  EXECUTE FUNCTION ledger_tell_the_pages();
"""

BACKWARD = """
DROP TRIGGER delivery_changed_is_told ON ledger_delivery;
DROP TRIGGER delivery_made_is_told ON ledger_delivery;
DROP FUNCTION ledger_tell_the_pages();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_each_change_in_the_journal")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
