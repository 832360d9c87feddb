"""Commands as a person runs them, over real data folders and real embedded servers."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tesselle.ops.backups.archive import ArchiveWriter, read_member, verified_manifest
from tesselle.ops.errors import BackupError

FILL = """
from tesselle.ops.installation import opened
with opened(may_be_new=True) as folder:
    from tesselle.ops.migrating import migrate
    migrate(folder)
    from tesselle.vault import secrets
    from tesselle.channels.models import Channel
    from tesselle.workspaces.models import User, Workspace
    User.objects.create_user("alice@example.org", name="Alice")
    home = Workspace.objects.create(name="Carreaux du Lac")
    Channel.objects.create(workspace=home, network="n", kind="k", remote_id="1", server="s", handle="h",
                           sealed_credentials=secrets.seal({"password": "quatre"}))
    (folder.path / "media" / "a" ).mkdir(parents=True)
    (folder.path / "media" / "a" / "tile.jpg").write_bytes(b"picture" * 1000)
"""
LOOK = """
from tesselle.ops.installation import opened
with opened() as folder:
    from tesselle.ledger.models import installation
    from tesselle.ops.backups.reading import sealed_for_others
    from tesselle.workspaces.models import User
    print(sorted(User.objects.values_list("name", flat=True)))
    print(installation().held, installation().held_reason)
    print(sealed_for_others())
"""


class Machine:
    """A data folder, and an environment that holds nothing but its address."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TESSELLE_", "DATABASE_URL", "PYTEST_", "DJANGO_"))
        }
        return subprocess.run(
            [sys.executable, *words],
            env={**environment, "TESSELLE_DATA": str(self.data)},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def tesselle(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "tesselle", *words)

    def do(self, code: str) -> list[str]:
        done = self.python("-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Not below a 0700 folder: as root the server runs as another user, which must pass."""
    path = Path(tempfile.mkdtemp(prefix="tesselle backup é "))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def filled(shelf: Path) -> Machine:
    machine = Machine(shelf / "filled")
    machine.do(FILL)
    return machine


@pytest.fixture(scope="module")
def backup(filled: Machine, shelf: Path) -> Path:
    path = shelf / "tesselle.tar"
    done = filled.tesselle("backup", str(path))
    assert done.returncode == 0, done.stderr
    assert "keys are not in it" in done.stdout
    return path


def test_a_restored_installation_has_everything_and_holds_sending(backup, shelf):
    fresh = Machine(shelf / "fresh")

    done = fresh.tesselle("restore", str(backup))

    assert done.returncode == 0, done.stderr
    assert "Sending is held" in done.stdout
    assert "sign-in of 1 channels" in done.stdout
    assert fresh.do(LOOK) == ["['Alice']", "True restored", "1"]
    assert (fresh.data / "media/a/tile.jpg").read_bytes() == b"picture" * 1000


def test_keys_travel_only_when_they_are_asked_for(filled, backup, shelf):
    assert "keys.env" not in verified_manifest(backup, "backup")["members"]
    path = shelf / "with keys.tar"
    assert filled.tesselle("backup", str(path), "--with-keys").returncode == 0
    assert read_member(path, "keys.env") == (filled.data / "keys.env").read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    fresh = Machine(shelf / "fresh with keys")

    assert fresh.tesselle("restore", str(path)).returncode == 0

    assert fresh.do(LOOK)[2] == "0"


def test_a_database_that_is_not_empty_is_not_replaced_without_a_word(filled, backup):
    done = filled.tesselle("restore", str(backup))

    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert filled.do(LOOK)[1] == "False "


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_backup_that_was_cut_changes_nothing(backup, shelf, kept):
    cut = shelf / "cut.tar"
    cut.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * kept)])
    never = Machine(shelf / f"never {kept}")

    done = never.tesselle("restore", str(cut))

    assert done.returncode == 1
    assert "cut or damaged" in done.stderr
    assert not never.data.exists()


def test_one_changed_byte_is_noticed(backup, shelf):
    data = bytearray(backup.read_bytes())
    data[data.index(b"picture")] ^= 1
    changed = shelf / "changed.tar"
    changed.write_bytes(data)

    with pytest.raises(BackupError, match="checksums do not agree"):
        verified_manifest(changed, "backup")


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with (
        pytest.raises(BackupError, match="No space left"),
        ArchiveWriter(tmp_path / "b.tar", {"kind": "backup"}) as written,
    ):
        written.add_bytes("a", b"1")

    assert list(tmp_path.iterdir()) == []


COUNT = """
from tesselle.ops.installation import opened
with opened() as folder:
    from tesselle.channels.models import Channel
    from tesselle.compose.models import Post
    from tesselle.ledger.models import Attempt, Delivery, installation
    from tesselle.workspaces.models import Member, Workspace
    print([model.objects.count() for model in (Workspace, Member, Channel, Post, Delivery, Attempt)])
    print(installation().held_reason, set(Channel.objects.values_list("sealed_credentials", flat=True)))
    print(Workspace.objects.create(name="the next").pk > 1)
"""
LIVED = """
from tesselle.ops.installation import opened
with opened() as folder:
    from django.utils import timezone
    from tesselle.compose.models import Post
    from tesselle.ledger.models import Attempt, Delivery, Step
    from tesselle.library.models import Asset
    from tesselle.workspaces.models import Member, User, Workspace
    home, alice = Workspace.objects.get(), User.objects.get()
    gone = User.objects.create_user("gone@example.org", name="Gone")
    Member.objects.create(workspace=home, user=alice, role="owner")
    post = Post.objects.create(workspace=home, created_by=gone)
    channel, now = home.channels.get(), timezone.now()
    sent = Delivery.objects.create(workspace=home, channel=channel, post=post, due_at=now, state="live")
    step = Step.objects.create(delivery=sent, channel=channel, position=0, kind="post", key="k", instant=now)
    Attempt.objects.create(step=step, delivery=sent, channel=channel, number=1, state="accepted", worker_id=7)
    Asset.objects.create(workspace=home, kind="image", mime="image/jpeg", file="a/tile.jpg", size_bytes=7000,
                         original_name="tile.jpg", width_px=1, height_px=1, sha256="0" * 64)
    Workspace.objects.create(name="Ailleurs").channels.create(
        network="n", kind="k", remote_id="2", server="s", handle="other")
    print(home.pk)
"""


def test_a_workspace_goes_whole_to_a_clean_server_and_sending_is_held_there(filled, backup, shelf):
    (home,) = filled.do(LIVED)
    path = shelf / "workspace.tar"
    assert filled.tesselle("export", "--workspace", home, str(path)).returncode == 0
    clean = Machine(shelf / "clean")

    done = clean.tesselle("import", str(path))

    assert done.returncode == 0, done.stderr
    assert clean.do(COUNT) == ["[1, 1, 1, 1, 1, 1]", "imported {''}", "True"]
    assert (clean.data / "media/a/tile.jpg").read_bytes() == b"picture" * 1000
    again = clean.tesselle("import", str(path))
    assert (again.returncode, "clean installation" in again.stderr) == (1, True)


def test_an_unknown_workspace_is_told_with_those_there_are(filled, shelf):
    done = filled.tesselle("export", "--workspace", "999", str(shelf / "none.tar"))

    assert done.returncode == 1
    assert "Carreaux du Lac" in done.stderr
    assert not (shelf / "none.tar").exists()


def test_doctor_says_what_is_wrong_and_what_is_well(filled):
    done = filled.tesselle("doctor")

    assert done.returncode == 1, "no worker runs"
    assert "BAD  No worker runs" in done.stdout
    for well in ("fsync is on", "keys open every", "can be written"):
        assert well in done.stdout
