"""A draft as JSON: what the form carries for undoing, and what a working copy holds."""

from collections.abc import Mapping
from typing import Any

from tesselle.compose.draft import Draft, Words
from tesselle.strategy.aim import Aim


def draft_to_json(draft: Draft) -> dict[str, Any]:
    return {
        "shared": _words_to_json(draft.shared),
        "chosen": list(draft.chosen),
        "tailored": {str(pk): _words_to_json(words) for pk, words in draft.tailored.items()},
        "options": {str(pk): dict(options) for pk, options in draft.options.items()},
        "alts": {str(pk): alt for pk, alt in draft.alts.items()},
        "based_on": draft.based_on,
        **draft.aim.to_json(),
    }


def draft_from_json(data: object) -> Draft:
    """Whatever a form may send: what makes no sense is left out."""
    values = _mapping(data)
    return Draft(
        shared=_words_from_json(values.get("shared")),
        chosen=_numbers(values.get("chosen")),
        tailored={pk: _words_from_json(words) for pk, words in _by_number(values.get("tailored")).items()},
        options={
            pk: {str(name): str(value) for name, value in _mapping(options).items()}
            for pk, options in _by_number(values.get("options")).items()
        },
        alts={pk: str(alt) for pk, alt in _by_number(values.get("alts")).items()},
        based_on=next(iter(_numbers([values.get("based_on")])), 0),
        aim=Aim.read(values),
    )


def _words_to_json(words: Words) -> dict[str, Any]:
    return {
        "title": words.title,
        "text": words.text,
        "parts": list(words.parts),
        "link": words.link,
        "media": list(words.media),
    }


def _words_from_json(data: object) -> Words:
    values = _mapping(data)
    parts = values.get("parts")
    return Words(
        title=str(values.get("title", "")),
        text=str(values.get("text", "")),
        parts=tuple(str(part) for part in parts) if isinstance(parts, list) else (),
        link=str(values.get("link", "")),
        media=_numbers(values.get("media")),
    )


def _mapping(data: object) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _by_number(data: object) -> dict[int, Any]:
    return {int(key): value for key, value in _mapping(data).items() if key.isdecimal() and len(key) < 18}


def _numbers(values: object) -> tuple[int, ...]:
    given = values if isinstance(values, list) else []
    return tuple(dict.fromkeys(n for n in given if type(n) is int and 0 < n < 10**17))
