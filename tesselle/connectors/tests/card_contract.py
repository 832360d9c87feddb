"""What a network's card promises: that it is complete, and that the connector does what it says.

Part of the contract suite, like `contract`.
"""

from pathlib import Path

from tesselle.connectors import protocols
from tesselle.connectors.card import Ability, Discussed, discussed_on
from tesselle.connectors.sandbox.contract import Sandbox
from tesselle.connectors.tests.contract import content_for
from tesselle.connectors.tests.stage import Plugin, Stage
from tesselle.domain.content import FIRST_COMMENT, SHARED_OPTIONS
from tesselle.domain.errors import TesselleError
from tesselle.domain.metrics import Metric, MetricSource
from tesselle.domain.steps import StepKind

PROTOCOLS: dict[Ability, type] = {
    Ability.PUBLISH: protocols.Publishes,
    Ability.VERIFY: protocols.Verifies,
    Ability.MEASURE: protocols.Measures,
    Ability.CONNECT: protocols.Connects,
    Ability.HISTORY: protocols.Remembers,
    Ability.CHOICES: protocols.Chooses,
    Ability.MENTIONS: protocols.FindsPeople,
    Ability.SIGN_IN: protocols.Authorizes,
    Ability.SELF_TEST: protocols.ChecksItself,
}
OPERATIONS = {
    "create",
    "edit",
    "delete",
    "upload",
    "list",
    "read",
    "session",
    "identify",
    "figures",
    "replies",
    "prepare",
    "people",
}


def card_says_what_it_is(plugin: Plugin, slug: str) -> None:
    card = plugin.card
    assert card.slug == slug == plugin.sandbox.slug, f"the card, the sandbox and the folder {slug} differ"
    assert card.home.startswith("https://"), f"{slug}: `home` is the network's own https address"
    assert card.account_kinds, f"{slug}: name at least one account kind"
    assert card.tested_against, f"{slug}: say what it is tested against that we did not write"
    assert card.guide or not card.connect_fields, f"{slug}: write the guide for who never did this"
    assert card.connect_fields or card.sign_ins, f"{slug}: neither a field to fill in nor a way to sign in"
    assert all(one.calls > 0 and one.seconds > 0 for one in card.budgets), f"{slug}: an empty budget"
    assert len({tuple(sorted(one.units.items())) for one in card.budgets}) <= 1, (
        f"{slug}: all of its budgets count calls, or the same units"
    )
    assert all(one.seconds >= 3_600 for one in card.budgets if one.units), f"{slug}: units by the hour or day"
    assert 0 <= card.verify_after_s < card.verify_within_s, f"{slug}: verify_after_s >= verify_within_s"


def ways_to_sign_in_are_told(plugin: Plugin) -> None:
    """What the operator has to do is said; what a server makes by itself needs nobody."""
    card, slug = plugin.card, plugin.card.slug
    kinds = {kind.slug for kind in card.account_kinds}
    assert bool(card.sign_ins) == (Ability.SIGN_IN in card.abilities), f"{slug}: `sign_in` without a way"
    names = [way.slug for way in card.sign_ins]
    assert len(set(names)) == len(names), f"{slug}: two ways to sign in have one name"
    for way in card.sign_ins:
        assert way.label, f"{slug}: say what {way.slug!r} is on its button"
        assert set(way.account_kinds) <= kinds, f"{slug}: {way.slug!r} opens {way.account_kinds}"
        if way.app == "installation":
            assert way.app_steps, f"{slug}: how does one register an application for {way.slug!r}?"
            assert way.authorize.startswith("https://"), f"{slug}: the whole address of its page"
            assert way.token.startswith("https://"), f"{slug}: the whole address of its tokens"
        else:
            assert any(field.name == "server" for field in way.asks), f"{slug}: which server?"
        assert plugin.connector.dialect(way.slug).way == way, f"{slug}: another dialect for {way.slug!r}"


def costs_are_told(plugin: Plugin) -> None:
    card = plugin.card
    for cost in card.costs:
        assert cost.amount > 0 and len(cost.currency) == 3, f"{card.slug}: {cost}"
    if card.costs:
        assert card.before_connecting, f"{card.slug}: it costs, so say so before one begins"


def options_can_be_drawn(plugin: Plugin) -> None:
    """Names of ours are taken; what depends on another option names one that is there."""
    slug, options = plugin.card.slug, plugin.card.options
    names = [option.name for option in options]
    kinds = {kind.slug: {one.slug for one in kind.formats} for kind in plugin.card.account_kinds}
    assert len(set(names)) == len(names), f"{slug}: two options have one name"
    assert not set(names) & SHARED_OPTIONS, f"{slug}: {set(names) & SHARED_OPTIONS} belong to the limits"
    for option in options:
        assert option.label, f"{slug}: {option.name!r} has no label"
        can_name = option.kind == "remote_choice"  # what we call some of the values
        assert can_name or bool(option.choices) == (option.kind == "choice"), (
            f"{slug}: choices of {option.name!r}"
        )
        assert not option.depends_on or option.depends_on in names, f"{slug}: {option.depends_on!r}?"
        assert set(option.account_kinds) <= set(kinds), f"{slug}: {option.name!r}: {option.account_kinds}"
        known = {"", *(one for formats in kinds.values() for one in formats)}
        assert set(option.formats) <= known, f"{slug}: {option.name!r} is for formats that are not there"
        if option.required and option.kind == "choice":
            assert not option.default, f"{slug}: {option.name!r} must be chosen, yet we choose"
    remote = any(option.kind == "remote_choice" for option in options)
    assert remote == (Ability.CHOICES in plugin.card.abilities), f"{slug}: `choices` and `remote_choice`"


def formats_agree_with_limits(stage: Stage) -> None:
    """The card names a format, the limits have numbers for it: one without the other is a mistake."""
    card, limits = stage.plugin.card, stage.plugin.connector.limits(stage.account)
    kind = next(one for one in card.account_kinds if one.slug == stage.account.kind)
    declared = [one.slug for one in kind.formats]
    assert len(declared) != 1, f"{card.slug}: one format is none: leave it out"
    numbered = [slug for slug, _ in limits.formats]
    assert sorted(declared[1:]) == sorted(numbered), (
        f"{card.slug}: the card names the formats {declared} (the first is the usual one), "
        f"the limits have numbers for {numbered}"
    )
    assert all(not inner.formats for _, inner in limits.formats), f"{card.slug}: formats in a format"


async def choices_are_read(stage: Stage) -> None:
    """Every list that is read from the network can be read, has names, and no value twice."""
    slug, chosen = stage.plugin.card.slug, dict(stage.options)
    for option in stage.plugin.card.options:
        fits = not option.account_kinds or stage.account.kind in option.account_kinds
        if option.kind != "remote_choice" or not fits:
            continue
        found = await stage.plugin.connector.choices(option.name, chosen, stage.api())
        values = [one.value for one in found]
        assert len(set(values)) == len(values), f"{slug}: {option.name!r} has a value twice"
        assert all(one.value and one.label for one in found), f"{slug}: {option.name!r}: an empty choice"
        if found:
            chosen.setdefault(option.name, values[0])


async def people_are_found_by_the_beginning_of_their_name(stage: Stage) -> None:
    """Whoever is known there is found, and what is written for them is a mention."""
    handle = stage.account.handle.lstrip("@")
    found = await stage.plugin.connector.people(handle[:4], stage.api())
    assert any(handle.startswith(person.mention[1:]) for person in found), (
        f"{stage.plugin.card.slug}: {found}"
    )
    assert all(person.mention.startswith("@") for person in found), f"{stage.plugin.card.slug}: {found}"
    assert not await stage.plugin.connector.people("qqqqq", stage.api())


async def self_checks_say_something(stage: Stage) -> None:
    for check in await stage.plugin.connector.self_checks(stage.api()):
        assert check.subject and check.message.sentence, f"{stage.plugin.card.slug}: {check}"
        assert check.state != "bad" or check.cure, f"{stage.plugin.card.slug}: {check.subject}: the cure?"


async def self_test_proves_the_sign_in_or_says_that_nothing_can(stage: Stage) -> None:
    """A sign-in on the network's page is proven by what it opens. Else a figure is told, or a line says so."""
    card, connector = stage.plugin.card, stage.plugin.connector
    if card.sign_ins:
        return
    told = (await connector.channel_figures(stage.api())).values if Ability.MEASURE in card.abilities else {}
    lines = await connector.self_checks(stage.api()) if Ability.SELF_TEST in card.abilities else ()
    assert told or {line.subject for line in lines} & {"sign_in", "address"}, (
        f"{card.slug}: its self-test asks nobody: tell by `self_checks` whether its address still holds, or that this "
        "cannot be asked (subject `address`, state `unknown`)"
    )


def tests_it_names_are_there(plugin: Plugin, root: Path) -> None:
    for one in plugin.card.tested_against:
        path = one.test.partition("::")[0]
        assert (root / path).is_file(), f"{plugin.card.slug}: tested_against names {path}, which is not there"


def abilities_are_what_the_connector_does(plugin: Plugin) -> None:
    slug = plugin.card.slug
    for ability, protocol in PROTOCOLS.items():
        declared, able = ability in plugin.card.abilities, isinstance(plugin.connector, protocol)
        assert declared == able, (
            f"{slug}: the card {'has' if declared else 'lacks'} {ability.value!r}, but the connector "
            f"{'implements' if able else 'does not implement'} {protocol.__name__}"
        )
    assert {Ability.PUBLISH, Ability.CONNECT} <= plugin.card.abilities, (
        f"{slug}: publish and connect are the least"
    )


def what_is_discussed_is_what_the_connector_reads(plugin: Plugin) -> None:
    card, slug = plugin.card, plugin.card.slug
    told = {kind for account in card.account_kinds for kind in discussed_on(card, account.slug)}
    assert bool(told) == (Ability.DISCUSS in card.abilities), f"{slug}: `discuss`, but nothing is discussed"
    assert all(set(one.discussed or ()) <= set(card.discussed) for one in card.account_kinds), (
        f"{slug}: an account kind discusses what the network does not"
    )
    for protocol, kinds in (
        (protocols.Discusses, {Discussed.COMMENTS}),
        (protocols.Receives, set(Discussed) - {Discussed.COMMENTS}),
    ):
        assert bool(told & kinds) == isinstance(plugin.connector, protocol), (
            f"{slug}: {sorted(told & kinds)} on the card, {protocol.__name__} in the connector"
        )


def abilities_agree_with_limits_and_steps(stage: Stage) -> None:
    card, limits = stage.plugin.card, stage.plugin.connector.limits(stage.account)
    each = limits.each()
    real = {
        Ability.THREAD: any(one.max_parts > 1 for _, one in each),
        Ability.ALT_TEXT: any(one.alt is not None for _, one in each),
        Ability.IMAGE: any(one.image is not None and one.max_images > 0 for _, one in each),
        Ability.VIDEO: any(one.video is not None and one.max_videos > 0 for _, one in each),
        Ability.DOCUMENT: any(one.document is not None and one.max_documents > 0 for _, one in each),
        Ability.FIRST_COMMENT: any(one.first_comment is not None for _, one in each),
        Ability.POLL: any(one.poll is not None for _, one in each),
        Ability.LINK_CARD: any(one.link_card is not None for _, one in each),
        Ability.EDIT: _offers(stage, "edit"),
        Ability.DELETE: _offers(stage, "delete"),
    }
    for ability, able in real.items():
        declared = ability in card.abilities
        assert declared == able, (
            f"{card.slug}: {ability.value!r} is on the card: {declared}; limits and steps: {able}"
        )
    if Ability.FIRST_COMMENT in card.abilities:
        _a_first_comment_is_a_step(stage)


def _a_first_comment_is_a_step(stage: Stage) -> None:
    plugin, slug = stage.plugin, stage.plugin.card.slug
    for format, limits in plugin.connector.limits(stage.account).each():
        plain = content_for(stage, "x", format=format)
        spoken = content_for(stage, "x", format=format, options={FIRST_COMMENT: "y"})
        steps = plugin.connector.steps("post", spoken, stage.account)
        if limits.first_comment is not None:
            assert steps[-1] == StepKind.COMMENT, f"{slug}: the first comment is no step of {steps}"
        before = plugin.connector.steps("post", plain, stage.account)
        assert StepKind.COMMENT not in before, f"{slug}: a comment that nobody wrote"


def _offers(stage: Stage, purpose: str) -> bool:
    try:
        return bool(stage.plugin.connector.steps(purpose, content_for(stage, "x"), stage.account))
    except (ValueError, LookupError, TesselleError):
        return False


def connect_fields_are_what_a_person_is_asked(stage: Stage) -> None:
    card, answers = stage.plugin.card, stage.opened.answers
    names = {field.name for field in card.connect_fields}
    assert names >= set(answers) or not names, (
        f"{card.slug}: the sandbox answers {set(answers) - names}, which nobody asks"
    )
    if not card.connect_fields:
        return  # what the sandbox gives is what a sign-in would have brought
    needed = {field.name for field in card.connect_fields if field.required}
    assert needed <= set(answers), f"{card.slug}: the sandbox gives no {needed - set(answers)}"
    for field in card.connect_fields:
        assert field.label and len(field.help) > 20, f"{card.slug}: say where to find {field.name!r}"
    assert any(field.kind == "secret" for field in card.connect_fields), f"{card.slug}: no field is secret"


def metrics_have_names_we_know(plugin: Plugin) -> None:
    for metric, source in plugin.metrics.items():
        assert isinstance(metric, Metric), f"{plugin.card.slug}: {metric!r} is no Metric of domain/metrics"
        assert isinstance(source, MetricSource) and source.field, f"{plugin.card.slug}: {metric} has no field"
    if Ability.MEASURE in plugin.card.abilities:
        assert plugin.metrics, f"{plugin.card.slug}: it measures, but the table is empty"


async def figures_are_in_the_table(stage: Stage) -> None:
    remote = await stage.publish(content_for(stage, "Figures"))
    told = [*await stage.plugin.connector.post_figures((remote,), stage.api())]
    told.append(await stage.plugin.connector.channel_figures(stage.api()))
    known = {metric.value for metric in stage.plugin.metrics}
    for figures in told:
        strange = set(figures.values) - known
        assert not strange, f"{stage.plugin.card.slug}: {strange} is told but not in METRICS"


def operations_have_names_the_scripts_use(sandbox: Sandbox) -> None:
    names = {operation.name for operation in sandbox.operations}
    assert names <= OPERATIONS, f"{sandbox.slug}: unknown operations {names - OPERATIONS}"
    assert "create" in names, f"{sandbox.slug}: which request is the irreversible one?"
    assert sandbox.host.endswith(".example"), f"{sandbox.slug}: a practice host ends in .example"
