"""The tables of an empty database, made from the models as they are instead of step by step.

Django draws every model anew after nearly each step of a migration, which costs a newcomer's first start 15 s
of processor time. The models say the same at once. What no model can say (functions, triggers, a table of
its own) the migrations keep as `RunSQL`; one that only fills rows is marked `elidable`, and there are no rows
here, nor for any `RunPython`. `tests/test_first_schema.py` holds both ways against each other.
"""

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunSQL
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

Plan = list[tuple[Migration, bool]]


def make_tables(plan: Plan) -> None:
    """Make what all migrations of `plan` would make and record them, in one transaction: all of it or nothing.

    `plan` is every migration there is, in order, as Django's executor gives it for an empty database.
    """
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=connection.alias, plan=plan)
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models(include_auto_created=True):
            # A table between two models is made with the one that declares it.
            if model._meta.can_migrate(connection) and not model._meta.auto_created:
                editor.create_model(model)
        for migration, _ in plan:
            _beside_the_models(migration, editor)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for migration, _ in plan:
            recorder.record_applied(migration.app_label, migration.name)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias, plan=plan)


def _beside_the_models(migration: Migration, editor: BaseDatabaseSchemaEditor) -> None:
    for operation in migration.operations:
        if isinstance(operation, RunSQL) and not operation.elidable:
            operation.database_forwards(migration.app_label, editor, ProjectState(), ProjectState())
