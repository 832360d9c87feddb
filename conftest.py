"""The cast, made once: Alice owns the workspace, Bob writes in it, Chloé reviews as a client,
Mallory belongs elsewhere."""

import fcntl
import os
import tempfile
import time
import zlib
from pathlib import Path

import pytest
import pytest_django
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from hypothesis import HealthCheck, settings

from tesselle.ops.migrating import migrate
from tesselle.workspaces.middleware import SEEN_KEY
from tesselle.workspaces.models import Member, Role, User, Workspace

# A busy machine fails no test: what is drawn may take its time. The gate draws the same each time; at
# one's desk every run looks elsewhere. `make test-thorough` draws many times more.
for _name, _examples in (("quick", 25), ("thorough", 200)):
    settings.register_profile(
        _name,
        max_examples=_examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=bool(os.environ.get("CI")),
    )
settings.load_profile("quick")

TEMPLATE = "tesselle_tests_template"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    """Make the tables once for all processes of the run: each then copies them."""
    server = zlib.crc32(os.environ["DATABASE_URL"].encode())
    with (Path(tempfile.gettempdir()) / f"{TEMPLATE}-{server:x}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with django_db_blocker.unblock():
            _ensure_template()
    connection.settings_dict["TEST"] |= {"TEMPLATE": TEMPLATE, "MIGRATE": False}


def _ensure_template() -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if cursor.fetchone() is not None:
            return
        cursor.execute(f"CREATE DATABASE {TEMPLATE}")
    name = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = TEMPLATE
    try:
        migrate()
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission", "django_site"}
"""What `migrate` writes and no test changes."""


def _delete_rows(_case: TransactionTestCase) -> None:
    """After a test that committed: the rows go, in one transaction, since foreign keys wait for its end.

    Django truncates every table, which makes hundreds of files anew: twenty times as long here.
    """
    tables = set(connection.introspection.table_names()) - KEPT_TABLES
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            ";".join(f"DELETE FROM {connection.ops.quote_name(table)}" for table in sorted(tables))
        )


TransactionTestCase._fixture_teardown = _delete_rows

PASSWORD = "correct horse battery staple"


def _person(name: str, workspace: Workspace, role: Role) -> User:
    user = User.objects.create_user(f"{name.lower()}@example.org", name=name)
    Member.objects.create(workspace=workspace, user=user, role=role)
    return user


@pytest.fixture
def workspace(db: None) -> Workspace:
    return Workspace.objects.create(name="Carreaux du Lac", world_kind=Workspace.WorldKind.PRACTICE)


@pytest.fixture
def alice(workspace: Workspace) -> User:
    return _person("Alice", workspace, Role.OWNER)


@pytest.fixture
def bob(workspace: Workspace) -> User:
    return _person("Bob", workspace, Role.EDITOR)


@pytest.fixture
def chloe(workspace: Workspace) -> User:
    return _person("Chloé", workspace, Role.VIEWER)


@pytest.fixture
def mallory(db: None) -> User:
    elsewhere = Workspace.objects.create(name="Ailleurs")
    return _person("Mallory", elsewhere, Role.OWNER)


@pytest.fixture
def as_alice(client: Client, alice: User) -> Client:
    client.force_login(alice)
    # As a session that was used a moment ago: its first page of a quarter of an hour costs a write more.
    session = client.session
    session[SEEN_KEY] = time.time()
    session.save()
    return client
