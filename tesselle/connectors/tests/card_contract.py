"""What a network's card promises: that it is complete, and that the connector does what it says.

Part of the contract suite, like `contract`.
"""

from pathlib import Path

from tesselle.connectors import protocols
from tesselle.connectors.card import Ability
from tesselle.connectors.sandbox.contract import Sandbox
from tesselle.connectors.tests.contract import content_for
from tesselle.connectors.tests.stage import Plugin, Stage
from tesselle.domain.errors import TesselleError
from tesselle.domain.metrics import Metric, MetricSource

PROTOCOLS: dict[Ability, type] = {
    Ability.PUBLISH: protocols.Publishes,
    Ability.VERIFY: protocols.Verifies,
    Ability.MEASURE: protocols.Measures,
    Ability.DISCUSS: protocols.Discusses,
    Ability.CONNECT: protocols.Connects,
    Ability.HISTORY: protocols.Remembers,
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
}


def card_says_what_it_is(plugin: Plugin, slug: str) -> None:
    card = plugin.card
    assert card.slug == slug == plugin.sandbox.slug, f"the card, the sandbox and the folder {slug} differ"
    assert card.home.startswith("https://"), f"{slug}: `home` is the network's own https address"
    assert card.account_kinds, f"{slug}: name at least one account kind"
    assert card.tested_against, f"{slug}: say what it is tested against that we did not write"
    assert card.guide, f"{slug}: write the guide, step by step, for somebody who never did this"
    assert all(one.calls > 0 and one.seconds > 0 for one in card.budgets), f"{slug}: an empty budget"
    assert 0 <= card.verify_after_s < card.verify_within_s, f"{slug}: verify_after_s >= verify_within_s"


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


def abilities_agree_with_limits_and_steps(stage: Stage) -> None:
    card, limits = stage.plugin.card, stage.plugin.connector.limits(stage.account)
    real = {
        Ability.THREAD: limits.max_parts > 1,
        Ability.ALT_TEXT: limits.alt is not None,
        Ability.IMAGE: limits.image is not None and limits.max_images > 0,
        Ability.VIDEO: limits.video is not None and limits.max_videos > 0,
        Ability.EDIT: _offers(stage, "edit"),
        Ability.DELETE: _offers(stage, "delete"),
    }
    for ability, able in real.items():
        declared = ability in card.abilities
        assert declared == able, (
            f"{card.slug}: {ability.value!r} is on the card: {declared}; limits and steps: {able}"
        )


def _offers(stage: Stage, purpose: str) -> bool:
    try:
        return bool(stage.plugin.connector.steps(purpose, content_for(stage, "x"), stage.account))
    except (ValueError, LookupError, TesselleError):
        return False


def connect_fields_are_what_a_person_is_asked(stage: Stage) -> None:
    card, answers = stage.plugin.card, stage.opened.answers
    names = {field.name for field in card.connect_fields}
    assert names >= set(answers), (
        f"{card.slug}: the sandbox answers {set(answers) - names}, which nobody asks"
    )
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
