"""One folder per network; none knows its neighbours, and the core never says a network's name.

A folder is found by being here. Its `__init__` holds the card, its `connector` speaks the API,
its `limits`, `metrics` and `sandbox` are found under those names.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tesselle.connectors.card import Network
from tesselle.connectors.figures import Figures, applied
from tesselle.connectors.protocols import Connector
from tesselle.connectors.sandbox.contract import Sandbox
from tesselle.domain.metrics import MetricSource


def slugs() -> tuple[str, ...]:
    """The folders that are there, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


def app_names() -> list[str]:
    """For Django's list of applications: it then finds templates, icons and translations."""
    return [f"{__name__}.{slug}" for slug in slugs()]


_known_better: Mapping[str, Figures] = {}


def use_figures(known_better: Mapping[str, Figures]) -> None:
    """What this installation says instead of the cards, by network.

    Raises:
        LookupError: a network that is not here, or a figure that its card does not have.
    """
    global _known_better
    _known_better = known_better
    card.cache_clear()
    plugin.cache_clear()
    for slug in known_better:
        card(slug)


_BEGUN = (
    "{path} holds no NETWORK. A network's folder begins with its card: until that is written nothing else here "
    "starts, since every page asks each network for it. Take the folder away, or write the card first."
)


@cache
def card(slug: str) -> Network:
    """Raises LookupError for a network that is not here, or only begun."""
    if slug not in slugs():
        raise LookupError(f"There is no network {slug!r}; there are: {', '.join(slugs())}.")
    module = importlib.import_module(f"{__name__}.{slug}")
    if not hasattr(module, "NETWORK"):
        raise LookupError(_BEGUN.format(path=module.__file__))
    network: Network = module.NETWORK
    return applied(network, _known_better.get(slug, {}))


def cards() -> tuple[Network, ...]:
    return tuple(card(slug) for slug in slugs())


@dataclass(frozen=True, slots=True)
class Plugin:
    card: Network
    connector: Connector
    metrics: Mapping[str, MetricSource]
    sandbox: Sandbox


@cache
def plugin(slug: str) -> Plugin:
    """The whole network; loads its connector and sandbox on first use."""
    network = card(slug)
    base = f"{__name__}.{slug}"
    return Plugin(
        card=network,
        connector=importlib.import_module(f"{base}.connector").CONNECTOR,
        metrics=importlib.import_module(f"{base}.metrics").METRICS,
        sandbox=importlib.import_module(f"{base}.sandbox").SANDBOX,
    )
