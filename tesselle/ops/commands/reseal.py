"""`tesselle reseal`: put every secret under the newest key, so that an older one can be thrown away."""

import argparse

from tesselle.ops.installation import opened


def arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(_: argparse.Namespace) -> int:
    with opened():
        from tesselle.ops.sealed import reseal_all

        tallies = reseal_all()
    for name, tally in sorted(tallies.items()):
        rest = f"; {tally.lost} that no key opens stay as they are" if tally.lost else ""
        print(f"{name}: {tally.opened} secrets are under the newest key{rest}.")
    if not tallies:
        print("Nothing is sealed yet.")
    lost = sum(tally.lost for tally in tallies.values())
    if not lost:
        print("Older keys open nothing any more: take them out of TESSELLE_ENCRYPTION_KEYS or keys.env.")
    return 1 if lost else 0
