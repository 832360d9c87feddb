"""A stamp for the marks of each week (of UTC, from Monday), another one whenever any of them changes.

What a process remembers of a week is right as long as the stamp is the one it was read under
(`measure/weeks_of_marks.py`). No model: nothing but these triggers writes it, and no export takes it along.
"""

from django.db import migrations

STAMPS = """
CREATE TABLE measure_markweek (
  workspace_id bigint NOT NULL,
  age_days smallint NOT NULL,
  week date NOT NULL,
  stamp uuid NOT NULL DEFAULT gen_random_uuid(),
  PRIMARY KEY (workspace_id, age_days, week)
);

CREATE FUNCTION measure_week_of(instant timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_trunc('week', instant AT TIME ZONE 'UTC')::date;

-- One workspace at a time: two who change several weeks in different orders would wait for each other.
CREATE FUNCTION measure_stamp_weeks(channels bigint[], ages smallint[], weeks date[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('measure_markweek'), (workspace_id % 2147483647)::int)
  FROM (SELECT DISTINCT workspace_id FROM channels_channel WHERE id = ANY(channels) ORDER BY 1) w;
  INSERT INTO measure_markweek (workspace_id, age_days, week)
  SELECT DISTINCT c.workspace_id, changed.age_days, changed.week
  FROM unnest(channels, ages, weeks) AS changed(channel_id, age_days, week)
  JOIN channels_channel c ON c.id = changed.channel_id
  ON CONFLICT (workspace_id, age_days, week) DO UPDATE SET stamp = gen_random_uuid();
END $$;

CREATE FUNCTION measure_marks_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE channels bigint[]; ages smallint[]; weeks date[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(channel_id), array_agg(age_days), array_agg(week) INTO channels, ages, weeks
    FROM (SELECT DISTINCT channel_id, age_days, measure_week_of(published_at) AS week FROM after_it) m;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(channel_id), array_agg(age_days), array_agg(week) INTO channels, ages, weeks
    FROM (SELECT DISTINCT channel_id, age_days, measure_week_of(published_at) AS week FROM before_it) m;
  ELSE
    SELECT array_agg(channel_id), array_agg(age_days), array_agg(week) INTO channels, ages, weeks
    FROM (SELECT channel_id, age_days, measure_week_of(published_at) AS week FROM before_it
          UNION SELECT channel_id, age_days, measure_week_of(published_at) FROM after_it) m;
  END IF;
  PERFORM measure_stamp_weeks(channels, ages, weeks);
  RETURN NULL;
END $$;

CREATE FUNCTION measure_forget_weeks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM measure_markweek;
  ELSE
    DELETE FROM measure_markweek WHERE workspace_id = OLD.id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER marks_came AFTER INSERT ON measure_mark
  REFERENCING NEW TABLE AS after_it FOR EACH STATEMENT EXECUTE FUNCTION measure_marks_changed();
CREATE TRIGGER marks_changed AFTER UPDATE ON measure_mark
  REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it
  FOR EACH STATEMENT EXECUTE FUNCTION measure_marks_changed();
CREATE TRIGGER marks_went AFTER DELETE ON measure_mark
  REFERENCING OLD TABLE AS before_it FOR EACH STATEMENT EXECUTE FUNCTION measure_marks_changed();
CREATE TRIGGER marks_are_emptied AFTER TRUNCATE ON measure_mark
  FOR EACH STATEMENT EXECUTE FUNCTION measure_forget_weeks();
CREATE TRIGGER weeks_go_with_their_workspace AFTER DELETE ON workspaces_workspace
  FOR EACH ROW EXECUTE FUNCTION measure_forget_weeks();
"""
WITHOUT = """
DROP TRIGGER weeks_go_with_their_workspace ON workspaces_workspace;
DROP TRIGGER marks_are_emptied ON measure_mark;
DROP TRIGGER marks_went ON measure_mark;
DROP TRIGGER marks_changed ON measure_mark;
DROP TRIGGER marks_came ON measure_mark;
DROP FUNCTION measure_forget_weeks();
DROP FUNCTION measure_marks_changed();
DROP FUNCTION measure_stamp_weeks(bigint[], smallint[], date[]);
DROP FUNCTION measure_week_of(timestamptz);
DROP TABLE measure_markweek;
"""
WEEKS_THERE_ARE = """
INSERT INTO measure_markweek (workspace_id, age_days, week)
SELECT DISTINCT c.workspace_id, m.age_days, measure_week_of(m.published_at)
FROM measure_mark m JOIN channels_channel c ON c.id = m.channel_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0005_the_application_of_a_channel"),
        ("measure", "0013_marks_read_from_the_index"),
    ]

    operations = [
        migrations.RunSQL(STAMPS, WITHOUT),
        migrations.RunSQL(WEEKS_THERE_ARE, migrations.RunSQL.noop, elidable=True),
    ]
