"""Every network found keeps every promise of the contract suite."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

import tesselle.networks
from tesselle.connectors.card import Ability, SignIn
from tesselle.connectors.tests import card_contract, contract, exactness, folder, sign_in_contract
from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import Content
from tesselle.domain.limits import Limits
from tesselle.domain.text import count
from tesselle.domain.verdicts import ReconciliationKind
from tesselle.networks import Plugin, plugin, slugs
from tesselle.ops.chaos.expected import BEST, FORMATS
from tesselle.simulation.faults import Effect

ROOT = Path(__file__).resolve().parents[2]
NETWORKS = Path(tesselle.networks.__path__[0])

pytestmark = pytest.mark.parametrize("slug", slugs())


@pytest.fixture
def network(slug: str) -> Plugin:
    missing = folder.missing(NETWORKS / slug)
    if missing:
        pytest.fail("\n".join(missing), pytrace=False)
    return plugin(slug)


@pytest.fixture
async def stage(network: Plugin, tmp_path: Path) -> Stage:
    return await open_stage(network, tmp_path)


def passes(content: Content, limits: Limits) -> bool:
    return is_plannable(check(content, limits))


def kind_opened_by(way: SignIn, network: Plugin) -> dict[str, str]:
    """Where there are several kinds of account and a way names those it opens, the sandbox is asked
    for one of these."""
    is_choice = len(network.card.account_kinds) > 1 and way.account_kinds
    return {"kind": way.account_kinds[0]} if is_choice else {}


def test_its_folder_is_complete(slug: str):
    assert not folder.missing(NETWORKS / slug), "\n".join(folder.missing(NETWORKS / slug))


def test_its_french_is_complete(network: Plugin, slug: str):
    problems = folder.untranslated(NETWORKS / slug)

    assert not problems, "\n".join([*problems, folder.HOW_TO_TRANSLATE])


def test_what_it_says_of_itself_is_more_than_a_beginning(slug: str):
    """Its sources with a day, what surprises; what is done, and what is not."""
    problems = folder.unfinished_words(NETWORKS / slug)

    assert not problems, "\n".join(problems)


def test_faults_are_played_on_it(slug: str):
    """The table of chaos is written by hand: who is not in it would be left out in silence."""
    assert any(slug == one for one, _ in BEST), (
        f"{slug}: write in tesselle/ops/chaos/expected.py how doubt about each of its steps can be settled at best "
        "(BEST), and whether its answer to a publishing call refuses a file for sure (REFUSES)"
    )


def test_faults_are_played_on_its_first_comments(network: Plugin, slug: str):
    """A first comment is a step with doubts of its own, on every kind of account that has one."""
    without = [
        profile
        for (one, profile), kinds in BEST.items()
        if one == slug
        and Ability.FIRST_COMMENT in network.card.abilities
        and (one, profile) not in FORMATS
        and "comment" not in kinds
    ]

    assert not without, (
        f"{slug}{without}: write in tesselle/ops/chaos/expected.py how doubt about its first comment can be settled"
    )


def test_its_card_says_what_it_is(network: Plugin, slug: str):
    card_contract.card_says_what_it_is(network, slug)


def test_the_tests_its_card_names_are_there(network: Plugin):
    card_contract.tests_it_names_are_there(network, ROOT)


def test_its_abilities_are_what_its_connector_does(network: Plugin):
    card_contract.abilities_are_what_the_connector_does(network)


def test_what_is_discussed_is_what_its_connector_reads(network: Plugin):
    card_contract.what_is_discussed_is_what_the_connector_reads(network)


async def test_its_abilities_agree_with_its_limits_and_steps(stage: Stage):
    card_contract.abilities_agree_with_limits_and_steps(stage)


def test_its_ways_to_sign_in_are_told(network: Plugin):
    card_contract.ways_to_sign_in_are_told(network)


def test_its_costs_are_told(network: Plugin):
    card_contract.costs_are_told(network)


def test_its_options_can_be_drawn(network: Plugin):
    card_contract.options_can_be_drawn(network)


async def test_an_edit_changes_its_title_where_the_card_says_so(stage: Stage):
    if stage.plugin.card.edits_title:
        await contract.an_edit_changes_the_title(stage)


async def test_its_formats_have_numbers(stage: Stage):
    card_contract.formats_agree_with_limits(stage)


async def test_its_lists_can_be_read(stage: Stage):
    if Ability.CHOICES in stage.plugin.card.abilities:
        await card_contract.choices_are_read(stage)


async def test_its_self_test_says_something(stage: Stage):
    if Ability.SELF_TEST in stage.plugin.card.abilities:
        await card_contract.self_checks_say_something(stage)


async def test_its_self_test_proves_the_sign_in_or_says_that_nothing_can(stage: Stage):
    await card_contract.self_test_proves_the_sign_in_or_says_that_nothing_can(stage)


async def test_it_finds_people_by_the_beginning_of_their_name(stage: Stage):
    if Ability.MENTIONS in stage.plugin.card.abilities:
        await card_contract.people_are_found_by_the_beginning_of_their_name(stage)


async def test_its_connect_fields_are_what_a_person_is_asked(stage: Stage):
    card_contract.connect_fields_are_what_a_person_is_asked(stage)


def test_its_metrics_have_names_we_know(network: Plugin):
    card_contract.metrics_have_names_we_know(network)


async def test_its_figures_are_in_its_table(stage: Stage):
    if Ability.MEASURE in stage.plugin.card.abilities:
        await card_contract.figures_are_in_the_table(stage)


def test_its_sandbox_operations_have_names_the_fault_scripts_use(network: Plugin):
    card_contract.operations_have_names_the_scripts_use(network.sandbox)


@pytest.mark.parametrize("effect", list(Effect))
async def test_every_effect_on_the_irreversible_call_is_understood(stage: Stage, effect: Effect):
    if effect is Effect.REFUSE_MEDIA and Ability.IMAGE not in stage.plugin.card.abilities:
        return
    await contract.an_effect_on_create_is_understood(stage, effect)


async def test_the_same_step_sent_twice_is_one_post(stage: Stage):
    if contract.kind_of(stage, contract.content_for(stage, "x")) in contract.SETTLED_BY_SENDING:
        await contract.the_same_step_twice_is_one_post(stage)


@pytest.mark.parametrize("effect", [*contract.ACCEPTED_UNSEEN, *contract.NOT_ACCEPTED, Effect.ACCEPT_LATE])
async def test_a_doubtful_step_is_settled_as_one_post(stage: Stage, effect: Effect):
    if contract.kind_of(stage, contract.content_for(stage, "x")) in contract.SETTLED_BY_SENDING:
        await contract.a_doubtful_step_is_settled_as_one_post(stage, effect)


@pytest.mark.parametrize("effect", contract.ACCEPTED_UNSEEN)
async def test_a_post_that_was_accepted_unseen_is_found_where_it_can_be_told(stage: Stage, effect: Effect):
    if contract.kind_of(stage, contract.content_for(stage, "x")) is ReconciliationKind.NONE:
        await contract.what_cannot_be_told_is_not_told(stage)
    else:
        await contract.a_post_accepted_unseen_is_found(stage, effect)


@pytest.mark.parametrize("effect", contract.NOT_ACCEPTED)
async def test_a_post_that_was_never_accepted_is_not_found(stage: Stage, effect: Effect):
    await contract.a_post_never_accepted_is_not_found(stage, effect)


async def test_what_is_there_is_present(stage: Stage):
    if contract.reads_back(stage):
        await contract.what_is_there_is_present(stage)


async def test_what_is_gone_is_absent_where_every_account_can_be_read_back(stage: Stage):
    if stage.plugin.card.reads_back:
        await contract.what_is_gone_is_absent(stage)


@pytest.mark.parametrize(
    "promise",
    [
        sign_in_contract.it_opens_the_account,
        sign_in_contract.a_no_is_understood,
        sign_in_contract.a_code_is_good_once,
        sign_in_contract.a_code_needs_its_verifier,
        sign_in_contract.it_is_renewed,
        sign_in_contract.what_is_revoked_is_over,
    ],
)
async def test_each_way_to_sign_in_keeps_its_promise(
    network: Plugin, tmp_path: Path, promise: Callable[[Stage, SignIn], Awaitable[None]]
):
    for way in network.card.sign_ins:
        await promise(await open_stage(network, tmp_path, **kind_opened_by(way, network)), way)


async def test_texts_at_the_limit_go_out_and_one_more_does_not(stage: Stage):
    await exactness.texts_are_counted_alike(stage, passes, count)


async def test_captions_and_titles_at_the_limit_go_out_and_one_more_does_not(stage: Stage):
    await exactness.captions_and_titles_are_counted_alike(stage, passes, count)


async def test_as_many_pictures_as_allowed_go_out_and_one_more_does_not(stage: Stage):
    await exactness.pictures_are_counted_alike(stage, passes)


async def test_a_picture_as_heavy_as_allowed_goes_out_and_one_byte_more_does_not(stage: Stage):
    await exactness.files_are_weighed_alike(stage, passes)
