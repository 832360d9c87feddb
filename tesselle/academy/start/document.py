"""The first document of the work: the start as it was frozen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, pgettext

from tesselle.academy.catalogue import as_read
from tesselle.academy.dates import day, length
from tesselle.academy.models import FrozenStart
from tesselle.academy.models.path import Level
from tesselle.documents.document import Block, Bullets, Document, Heading, Paragraph, Table


def start_document(frozen: FrozenStart) -> Document:
    content, path = frozen.content, frozen.path
    facts = [
        (pgettext("document", "By"), str(path.person)),
        (gettext("Company"), content["company"] or gettext("Not said")),
        (gettext("Frozen on"), day(frozen.at)),
        (gettext("Version"), str(frozen.number)),
    ]
    if content["start_due"]:
        facts.append((gettext("This document is due on"), day(date.fromisoformat(content["start_due"]))))
    if content["report_due"]:
        facts.append((gettext("The final report is due on"), day(date.fromisoformat(content["report_due"]))))
    return Document(
        title=content["subject"],
        language=get_language() or "fr",
        facts=tuple(facts),
        author=str(path.person),
        blocks=tuple(blocks_of(content)),
    )


def blocks_of(content: Mapping[str, Any]) -> list[Block]:
    return [
        Heading(gettext("Context")),
        Paragraph(content["context"] or gettext("Not said")),
        Heading(gettext("What is expected")),
        Paragraph(content["expectations"]),
        Heading(gettext("Objectives")),
        _objectives(content),
        Heading(gettext("Skills, as assessed by the person at the start")),
        _skills(content),
        Heading(gettext("Planned hours")),
        _hours(content),
        Heading(gettext("Questions to answer")),
        _questions(content),
    ]


def _objectives(content: Mapping[str, Any]) -> Block:
    rows = tuple(
        (
            one["text"],
            one["proof"] or gettext("Not said"),
            day(date.fromisoformat(one["due"])) if one["due"] else gettext("Not said"),
        )
        for one in content["objectives"]
    )
    return Table((gettext("Objective"), gettext("How it will be seen"), gettext("By")), rows)


def _skills(content: Mapping[str, Any]) -> Block:
    if not content["skills"]:
        return Paragraph(gettext("None was assessed."))
    rows = tuple((one["name"], level_word(one["before"])) for one in content["skills"])
    return Table((pgettext("row", "Skill"), pgettext("skill", "Level")), rows)


def _hours(content: Mapping[str, Any]) -> Block:
    rows = [(as_read(one["name"]), length(one["minutes"])) for one in content["phases"]]
    rows.append((pgettext("sum", "Total"), length(sum(one["minutes"] for one in content["phases"]))))
    return Table((pgettext("of the work", "Phase"), pgettext("time", "Planned")), tuple(rows))


def _questions(content: Mapping[str, Any]) -> Block:
    """The wording that was given stands beside only what was completed or improved."""
    asked = [(as_read(one["worded"]), as_read(one["given"])) for one in content["questions"]]
    if all(worded == given for worded, given in asked):
        return Bullets(tuple(worded for worded, _ in asked))
    unchanged = pgettext("wording", "unchanged")
    rows = tuple((worded, unchanged if worded == given else given) for worded, given in asked)
    return Table((gettext("Question"), gettext("As it was given")), rows)


def level_word(level: int | None) -> str:
    return gettext("Not assessed") if level is None else str(Level(level).label)
