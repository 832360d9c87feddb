"""Albums, tags, credit and licence; and the words by which a picture is found."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# All immutable, so that a generated column may use them: the configurations are named, no dictionary
# outside PostgreSQL's own is asked.
FUNCTIONS = """
CREATE FUNCTION library_unaccented(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(translate(words,
  'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy'), 'œ', 'oe'), 'æ', 'ae');

CREATE FUNCTION library_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(translate(normalize(words, NFC),
  'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŸŒÆ_-./\\’''', 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿœæ       '));

CREATE FUNCTION library_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple'::regconfig, library_unaccented(library_plain(words)))
  || to_tsvector('pg_catalog.french'::regconfig, library_unaccented(library_plain(words)))
  || to_tsvector('pg_catalog.english'::regconfig, library_unaccented(library_plain(words)))
  || library_unaccented(to_tsvector('pg_catalog.french'::regconfig, library_plain(words))::text)::tsvector;

-- One word that has letters and figures only. Who leaves an accent away at the end (carrelee) means it.
CREATE FUNCTION library_query(word text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsquery('pg_catalog.simple'::regconfig, library_unaccented(library_plain(word)) || ':*')
  || plainto_tsquery('pg_catalog.french'::regconfig, library_unaccented(library_plain(word)))
  || plainto_tsquery('pg_catalog.english'::regconfig, library_unaccented(library_plain(word)))
  || library_unaccented(plainto_tsquery('pg_catalog.french'::regconfig, library_plain(word))::text)::tsquery
  || library_unaccented(plainto_tsquery('pg_catalog.french'::regconfig,
       regexp_replace(library_unaccented(library_plain(word)), 'ee?s?$', 'é'))::text)::tsquery;

CREATE FUNCTION library_is_filler(word text, language text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE language WHEN 'english' THEN numnode(plainto_tsquery('pg_catalog.english'::regconfig, word))
  ELSE numnode(plainto_tsquery('pg_catalog.french'::regconfig, library_plain(word))) END = 0;

-- PostgreSQL's own is not immutable, for the sake of types that are not text.
CREATE FUNCTION library_joined(words varchar[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_string(words, ' ');

ALTER TABLE library_asset ADD COLUMN search_words tsvector GENERATED ALWAYS AS (
  library_vector(original_name || ' ' || alt || ' ' || credit || ' ' || library_joined(tags))) STORED;
"""

BACK = """
ALTER TABLE library_asset DROP COLUMN search_words;
DROP FUNCTION library_joined(varchar[]);
DROP FUNCTION library_is_filler(text, text);
DROP FUNCTION library_query(text);
DROP FUNCTION library_vector(text);
DROP FUNCTION library_plain(text);
DROP FUNCTION library_unaccented(text);
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0002_media_is_prepared"), ("workspaces", "0002_first_run_token")]

    operations = [
        migrations.CreateModel(
            name="Album",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "workspace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="albums",
                        to="workspaces.workspace",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="album",
            constraint=models.UniqueConstraint(fields=("workspace", "name"), name="albums_have_own_names"),
        ),
        migrations.AddField(
            model_name="asset",
            name="album",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="assets",
                to="library.album",
            ),
        ),
        migrations.AddField(
            model_name="asset",
            name="credit",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="asset",
            name="licence",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not said"),
                    ("own", "taken by us"),
                    ("given", "used with the author’s permission"),
                    ("bought", "bought, or from a supplier’s catalogue"),
                    ("free", "free licence (such as Creative Commons)"),
                ],
                db_default="",
                default="",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="asset",
            name="tags",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, db_default=[], default=list, size=None
            ),
        ),
        migrations.RunSQL(FUNCTIONS, BACK),
    ]
