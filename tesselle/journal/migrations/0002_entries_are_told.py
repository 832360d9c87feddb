"""Tell whoever looks at a page of the workspace what kind of thing was done to which id.

Deliveries tell their own changes (`ledger`), so theirs are left out here.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION journal_tell_the_pages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('tesselle_changes',
                    NEW.workspace_id || ' ' || NEW.subject_kind || ' ' || coalesce(NEW.subject_id, 0));
  RETURN NULL;
END $$;
CREATE TRIGGER entry_is_told AFTER INSERT ON journal_entry FOR EACH ROW
  WHEN (NEW.workspace_id IS NOT NULL AND NEW.subject_kind NOT IN ('', 'delivery'))
  EXECUTE FUNCTION journal_tell_the_pages();
"""

BACKWARD = """
DROP TRIGGER entry_is_told ON journal_entry;
DROP FUNCTION journal_tell_the_pages();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_foundation")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
