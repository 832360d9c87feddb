"""Tools scored in a line, and what a page says without its mark-up."""

import re
from collections.abc import Sequence

from tesselle.academy.models import (
    Cell,
    Path,
    Tool,
)


def score(path: Path, **scores: Sequence[int | None]) -> None:
    """Each tool by the first criteria; the others count nothing."""
    criteria = list(path.criteria.all())
    width = len(next(iter(scores.values())))
    for criterion in criteria[width:]:
        criterion.weight = 0
        criterion.save()
    for name, row in scores.items():
        tool, _ = Tool.objects.get_or_create(path=path, name=name)
        Tool.objects.filter(pk=tool.pk).update(considered=True)
        for criterion, value in zip(criteria, row, strict=False):
            Cell.objects.update_or_create(tool=tool, criterion=criterion, defaults={"score": value})


def plain(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())
