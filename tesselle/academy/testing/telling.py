"""What a step found, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from tesselle.academy.models import ProjectStep, StepKey
from tesselle.academy.testing.objective import told_against


def sentences_of(step: ProjectStep) -> list[str]:
    """None for a step that is not done."""
    if step.done_at is None:
        return []
    found: Mapping[str, Any] = step.found
    match StepKey(step.key):
        case StepKey.AIM:
            return [gettext("The objective: “%(objective)s”.") % found]
        case StepKey.PLAN:
            return [_planned(found)]
        case StepKey.RUN:
            return [_ran(found)]
        case StepKey.READ:
            text = gettext(
                "Of %(posts)s posts with figures, “%(best)s” brought the most interactions: %(interactions)s."
            )
            return [text % found, *_answered(found)]
        case StepKey.ADAPT:
            return [_adapted(found)]
        case StepKey.DEBRIEF:
            return _debriefed(found)


def _planned(found: Mapping[str, Any]) -> str:
    text = ngettext(
        "Planned at first: %(planned)s delivery, on %(days)s days.",
        "Planned at first: %(planned)s deliveries, on %(days)s days.",
        found["planned"],
    )
    return text % found


def _ran(found: Mapping[str, Any]) -> str:
    text = ngettext(
        "After %(days)s day, %(out)s of them had gone out.",
        "After %(days)s days, %(out)s of them had gone out.",
        found["days"],
    )
    return text % found


def _answered(found: Mapping[str, Any]) -> list[str]:
    """Nothing where it was found before questions were counted."""
    if "missed" not in found:
        return []
    if not found["missed"]:
        return [gettext("The question about these figures was answered at once.")]
    text = ngettext(
        "The question about these figures was answered after %(missed)s wrong try.",
        "The question about these figures was answered after %(missed)s wrong tries.",
        found["missed"],
    )
    return [text % found]


def _adapted(found: Mapping[str, Any]) -> str:
    text = gettext(
        "After the figures were read: new deliveries planned, %(planned)s; posting times added, %(slots)s; "
        "suggestions accepted, %(decided)s."
    )
    return text % found


def _debriefed(found: Mapping[str, Any]) -> list[str]:
    text = gettext(
        "At the end: %(reached)s interactions. The plan could expect %(expected)s, the best plan %(best)s; "
        "so the plan was worth %(share)s of the best."
    )
    language = (get_language() or "fr")[:2]
    aims = found["aims"].get(language) or next(iter(found["aims"].values()))
    return [text % found, *(_aim(*aim) for aim in aims), *_own(found)]


def _own(found: Mapping[str, Any]) -> list[str]:
    """Nothing where it was found before objectives were compared."""
    if "own" not in found:
        return []
    if found["own"] is None:
        return [
            gettext(
                "The objective of the first step was set aside before the end: nothing is compared with it."
            )
        ]
    return told_against(found["own"])


def _aim(name: str, aim: str, reached: str, is_met: bool) -> str:
    text = (
        gettext("%(name)s: asked for, %(aim)s; reached, %(reached)s.")
        if is_met
        else gettext("%(name)s: asked for, %(aim)s; not reached, %(reached)s.")
    )
    return text % {"name": name, "aim": aim, "reached": reached or gettext("nothing to judge by")}
