"""The process that answers for all networks while something is measured."""

import uvloop

from tesselle.connectors.sandbox.server import serve
from tesselle.networks import plugin, slugs


def main() -> None:
    uvloop.run(
        serve([plugin(slug).sandbox for slug in slugs()], 0, ready=lambda base: print(base, flush=True))
    )


if __name__ == "__main__":
    main()
