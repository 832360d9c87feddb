"""A rule in words: “an editor, then Alice, then somebody outside”, each with who has said it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.domain.approving import (
    ANYONE,
    EDITOR,
    MANAGER,
    OUTSIDE,
    OWNER,
    PERSON,
    Demand,
    Progress,
    Stage,
)
from tesselle.review.models import Answer
from tesselle.review.standing import Standing
from tesselle.workspaces.models import User


@dataclass(frozen=True, slots=True)
class StageInWords:
    """`said`: who has said it. `is_next`: it is their turn."""

    who: str
    said: tuple[str, ...]
    is_done: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class RuleInWords:
    channels: tuple[str, ...]
    stages: tuple[StageInWords, ...]


def rules_in_words(standing: Standing) -> tuple[RuleInWords, ...]:
    """The names of whoever a rule asks by name cost a question, and only then."""
    demands = [stage.demand for rule in standing.rules for stage in rule.progress.stages]
    names = names_in(demands)
    return tuple(
        RuleInWords(
            tuple(_named(channel) for channel in rule.channels),
            stages_in_words(rule.progress.stages, names, standing.answers),
        )
        for rule in standing.rules
    )


def _named(channel: Channel) -> str:
    """With its network: a company has the same name on all of them."""
    return f"{network_name(channel.network)} · {channel.display_name or channel.handle}"


def names_in(demands: Iterable[Demand]) -> Mapping[int, str]:
    wanted = {demand.person_id for demand in demands if demand.person_id}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=wanted)} if wanted else {}


def stages_in_words(
    stages: Iterable[Stage], names: Mapping[int, str], answers: Iterable[Answer] = ()
) -> tuple[StageInWords, ...]:
    """`answers` the newest first: the names of those who spoke are theirs. While a change is owed it is nobody's
    turn."""
    heard = list(answers)
    is_owed = bool(heard) and heard[0].verdict == Answer.Verdict.CHANGE
    spoke = {(said.by_id or 0, said.link_id or 0): said.who for said in heard}
    shown = tuple(stages)
    following = Progress(shown).open_stage
    return tuple(
        StageInWords(
            demand_in_words(stage.demand, names),
            # Whoever is asked by name is named once.
            tuple(spoke.get((voice.user_id, voice.link_id), "") for voice in stage.voices)
            if stage.demand.who != PERSON
            else (),
            stage.is_done,
            stage is following and not is_owed,
        )
        for stage in shown
    )


def demand_in_words(demand: Demand, names: Mapping[int, str]) -> str:
    if demand.who == PERSON:
        return names.get(demand.person_id, _("somebody who is no longer here"))
    if demand.who == ANYONE:
        return _("somebody who manages, or whoever has a link")
    words = {
        EDITOR: ngettext("%(count)s editor", "%(count)s editors", demand.count),
        MANAGER: ngettext("%(count)s manager or owner", "%(count)s managers or owners", demand.count),
        OWNER: ngettext("%(count)s owner", "%(count)s owners", demand.count),
        OUTSIDE: ngettext(
            "%(count)s person outside, by a link", "%(count)s people outside, by a link", demand.count
        ),
    }[demand.who]
    return words % {"count": demand.count}
