"""A poll goes out with the post's first text, and nothing that Mastodon would refuse passes for one."""

from tesselle.connectors.tests.stage import Stage
from tesselle.domain.checks import check
from tesselle.domain.content import POLL, POLL_SECONDS, Content

ANSWERS = {POLL: "Gris\nBlanc\nNoir", POLL_SECONDS: "86400"}


async def test_its_answers_and_its_duration_arrive(stage: Stage):
    await stage.publish(Content(text="Quel joint ?", options=ANSWERS))

    (post,) = await stage.public()
    assert post.data["poll"] == {"options": ["Gris", "Blanc", "Noir"], "expires_in": 86400}


async def test_a_thread_asks_once(stage: Stage):
    content = Content(text="Quel joint ?", parts=("La suite",), options=ANSWERS)
    first = await stage.publish(content)
    part = await stage.prepared(stage.step(content, "part", position=1, earlier=(first,)))

    assert "poll" not in part.frozen


async def test_what_the_server_would_refuse_is_found_before(stage: Stage):
    limits = stage.plugin.connector.limits(stage.account)

    def codes(content: Content) -> set[str]:
        return {finding.code for finding in check(content, limits)}

    long = {**ANSWERS, POLL: f"{'x' * 51}\nBlanc"}
    assert codes(Content(text="?", options=ANSWERS)) == set()
    assert codes(Content(text="?", options=long)) == {"poll_answer_too_long"}
    assert codes(Content(text="?", options={**ANSWERS, POLL: "Un seul"})) == {"poll_answers"}
    assert "poll_with_media" in codes(Content(text="?", media=(stage.image(),), options=ANSWERS))
