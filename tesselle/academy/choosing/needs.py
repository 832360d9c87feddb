"""What the company needs, and the criteria, conditions and tools that follow from it."""

from collections.abc import Collection
from decimal import Decimal

from django.db import transaction

from tesselle.academy import catalogue
from tesselle.academy.choosing.weights import weights_for
from tesselle.academy.models import Cell, Criterion, Gate, Path, Tool
from tesselle.academy.telling import tell


@transaction.atomic
def keep_needs(path: Path, *, needs: Collection[str], said: str, set_weights: bool) -> None:
    """The first time, the matrix is laid out from the catalogue. Later the needs change the weights only when
    that is asked for: a person may have set their own meanwhile."""
    locked = Path.objects.select_for_update(of=("self",)).select_related("person").get(pk=path.pk)
    locked.needs, locked.needs_said = sorted(needs), said
    locked.save(update_fields=["needs", "needs_said"])
    weights = weights_for(catalogue.criteria(), catalogue.needs(), needs)
    if not locked.criteria.exists() and not locked.tools.exists():
        _lay_out(locked, weights)
    elif set_weights:
        _set_weights(locked, weights)
    if set_weights or not locked.gates.exists():
        _add_gates(locked, needs)
    tell("path.needs_kept", locked)


def _lay_out(path: Path, weights: dict[str, Decimal]) -> None:
    criteria = Criterion.objects.bulk_create(
        Criterion(
            path=path,
            key=known.key,
            name=str(known.name),
            definition=str(known.definition),
            measure=str(known.measure),
            weight=weights[known.key],
        )
        for known in catalogue.criteria()
    )
    by_key = {criterion.key: criterion for criterion in criteria}
    tools = Tool.objects.bulk_create(
        Tool(path=path, key=known.key, name=known.name) for known in catalogue.tools()
    )
    facts = {known.key: known.facts for known in catalogue.tools()}
    Cell.objects.bulk_create(
        Cell(
            tool=tool,
            criterion=by_key[key],
            fact=str(fact.text),
            source=str(fact.source),
            read_on=fact.read_on,
        )
        for tool in tools
        for key, fact in facts[tool.key].items()
    )


def _set_weights(path: Path, weights: dict[str, Decimal]) -> None:
    """One's own criteria keep theirs: the ranking counts proportions, not a sum of 100."""
    changed = [criterion for criterion in path.criteria.exclude(key="") if criterion.key in weights]
    for criterion in changed:
        criterion.weight = weights[criterion.key]
    Criterion.objects.bulk_update(changed, ["weight"])


def _add_gates(path: Path, needs: Collection[str]) -> None:
    """Those that the needs bring and that are not there yet."""
    brought = {gate for need in catalogue.needs() if need.key in needs for gate in need.gates}
    there = set(path.gates.values_list("key", flat=True))
    Gate.objects.bulk_create(
        Gate(path=path, key=known.key, text=str(known.text))
        for known in catalogue.gates()
        if known.key in brought - there
    )
