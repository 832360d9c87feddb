"""The process that serves the sandboxes: `python -m tesselle.ops.chaos.sandboxes`."""

import asyncio

from tesselle.connectors.sandbox.server import serve
from tesselle.networks import plugin, slugs


def main() -> None:
    asyncio.run(
        serve([plugin(slug).sandbox for slug in slugs()], 0, ready=lambda base: print(base, flush=True))
    )


if __name__ == "__main__":
    main()
