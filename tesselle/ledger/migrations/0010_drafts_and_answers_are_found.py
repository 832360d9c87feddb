"""A post knows whether it has a delivery, so that drafts are found without looking at all of them; answers
are found by their day."""

from django.db import migrations, models
from django.db.models import Q

FORWARD = """
CREATE FUNCTION ledger_posts_planned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE compose_post SET planned = true
  WHERE NOT planned AND id IN (SELECT post_id FROM made);
  RETURN NULL;
END $$;
CREATE FUNCTION ledger_posts_unplanned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE compose_post p SET planned = false
  WHERE planned AND id IN (SELECT post_id FROM gone)
    AND NOT EXISTS (SELECT 1 FROM ledger_delivery d WHERE d.post_id = p.id);
  RETURN NULL;
END $$;
CREATE TRIGGER delivery_made_plans_its_post AFTER INSERT ON ledger_delivery
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION ledger_posts_planned();
CREATE TRIGGER delivery_gone_leaves_its_post AFTER DELETE ON ledger_delivery
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ledger_posts_unplanned();
"""

BACKWARD = """
DROP TRIGGER delivery_gone_leaves_its_post ON ledger_delivery;
DROP TRIGGER delivery_made_plans_its_post ON ledger_delivery;
DROP FUNCTION ledger_posts_unplanned();
DROP FUNCTION ledger_posts_planned();
"""

FILL = "UPDATE compose_post SET planned = true WHERE id IN (SELECT post_id FROM ledger_delivery)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_the_calls_of_a_delivery"), ("compose", "0008_drafts_are_known")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(FILL, migrations.RunSQL.noop, elidable=True),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["workspace", "due_at"], condition=Q(purpose="answer"), name="delivery_answers"
            ),
        ),
    ]
