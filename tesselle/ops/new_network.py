"""A folder for a network that is not there yet. Its contract tests then say what to write."""

import argparse
import re
import sys
from pathlib import Path

import tesselle.networks
from tesselle.connectors.tests.folder import missing
from tesselle.domain.messages import N_, Message
from tesselle.ops.errors import OpsError

SLUG = re.compile(r"[a-z][a-z0-9_]{1,29}")

CARD = '''"""{title}: say here in a line what kind of network it is."""
'''


def make_folder(slug: str, networks: Path) -> Path:
    """Raises OpsError: the name does not do, or is taken."""
    if not SLUG.fullmatch(slug):
        sentence = N_("%(name)s does not do: small letters, digits and _, beginning with a letter.")
        raise OpsError(Message(sentence, {"name": repr(slug)}))
    folder = networks / slug
    if folder.exists():
        raise OpsError(Message(N_("There is a network %(name)s already."), {"name": slug}))
    (folder / "tests").mkdir(parents=True)
    (folder / "__init__.py").write_text(CARD.format(title=slug.replace("_", " ").capitalize()))
    (folder / "tests" / "__init__.py").write_text("")
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    try:
        folder = make_folder(parser.parse_args().name, Path(tesselle.networks.__path__[0]))
    except OpsError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Made {folder}. What its contract tests ask for now:")
    for sentence in missing(folder):
        print(f"- {sentence}")
    print(f"Run them with: .venv/bin/python -m pytest tests/contracts -k {folder.name}")
    print("The way, what trips one up, and what can be declared: docs/guides/adding-a-network.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
