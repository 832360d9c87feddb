"""What the connector does with a site. Asked of the sandbox and of a real server alike."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.verdicts import Absent, Accepted, Blocked, BlockReason, Duplicate, Present, Refused
from tesselle.networks.ghost.articles import slug_for
from tesselle.networks.ghost.connector import CONNECTOR
from tesselle.networks.ghost.tests.site import WRONG_SECRET, Site, one

ACCENTS = "Été à la carrière : « mosaïque » 😀 & <b>grès</b> {{x}}\nDeuxième ligne.\n\nÀ bientôt"


def new(text: str = "Carreaux") -> str:
    """Words that no other test wrote."""
    return f"{text} {uuid4().hex[:8]}"


class Connecting:
    async def test_the_site_is_found_from_whatever_is_typed(self, site: Site):
        for typed in (site.address, f"{site.address}/", f"{site.address}/ghost/#/dashboard"):
            identity = await site.identify(server=typed)
            assert identity.account.server == site.address
            assert identity.missing == ()
            assert identity.account.remote_id
        assert site.key.partition(":")[2] not in repr(identity)

    async def test_a_wrong_key_is_told_in_plain_words(self, site: Site):
        key_id, _, secret = site.key.partition(":")

        for key in (f"{key_id}:{WRONG_SECRET}", f"{'0' * 24}:{secret}"):
            with pytest.raises(RejectedError, match="does not accept this admin key"):
                await site.identify(key=key)

    async def test_what_is_no_key_is_told_before_anything_is_asked(self, site: Site):
        with pytest.raises(RejectedError, match="not an admin key"):
            await site.identify(key=site.key.partition(":")[2])

    async def test_what_is_no_ghost_is_told(self, site: Site):
        with pytest.raises(RejectedError, match="No Ghost site was found"):
            await site.identify(server=f"{site.address}/elsewhere")


class Publishing:
    async def test_a_text_is_published_and_read_back(self, site: Site):
        api, text = await site.connected(), new()

        remote = await site.done(api, Content(text=text))

        presence = await CONNECTOR.verify(remote, api)
        assert isinstance(presence, Present)
        assert presence.remote.url.startswith(site.address)
        assert (await site.post(f"/posts/{remote.id}/"))["status"] == "published"

    async def test_accents_emoji_and_signs_of_html_arrive_as_typed(self, site: Site):
        api = await site.connected()

        remote = await site.done(api, Content(text=ACCENTS, title="L'été <3 & 😀"))

        seen = await site.post(f"/posts/{remote.id}/?formats=html,plaintext")
        assert "« mosaïque » 😀 &amp; &lt;b&gt;grès&lt;/b&gt;" in seen["html"]
        assert seen["plaintext"] == ACCENTS
        assert seen["title"] == "L'été <3 & 😀"

    async def test_a_link_becomes_an_anchor(self, site: Site):
        api = await site.connected()
        content = Content(text=new("Voir https://tiles.example/a?b=1&c=2."), link="https://tiles.example/d")

        remote = await site.done(api, content)

        shown = (await site.post(f"/posts/{remote.id}/?formats=html"))["html"]
        assert '<a href="https://tiles.example/a?b=1&amp;c=2">' in shown
        assert '<a href="https://tiles.example/d">' in shown

    async def test_the_first_picture_stands_above_and_the_others_below(self, site: Site):
        api = await site.connected()
        media = (site.image('Mur "bleu" & <blanc> d\'été 😀'), site.image('Sol "gris"'))

        remote = await site.done(api, Content(text=new(), media=media))

        seen = await site.post(f"/posts/{remote.id}/?formats=html")
        assert seen["feature_image"].startswith(site.address)
        assert seen["feature_image_alt"] == media[0].alt
        assert seen["html"].count("<img ") == 1
        assert 'alt="Sol &quot;gris&quot;"' in seen["html"]

    async def test_tags_excerpt_and_readers_are_kept(self, site: Site):
        api = await site.connected()
        options = {"tags": "Grès & co, Salle de bain", "excerpt": "En bref", "visibility": "members"}

        remote = await site.done(api, Content(text=new(), options=options))

        seen = await site.post(f"/posts/{remote.id}/")
        assert [tag["name"] for tag in seen["tags"]] == ["Grès & co", "Salle de bain"]
        assert (seen["custom_excerpt"], seen["visibility"]) == ("En bref", "members")

    async def test_publishing_twice_gives_one_post(self, site: Site):
        api, text = await site.connected(), new()
        call = await site.prepared(site.step(api, Content(text=text)), api)

        first, second = await site.send(call), await site.send(call)

        assert isinstance(first, Accepted) and isinstance(second, Accepted)
        assert first.remote.id == second.remote.id
        past = await CONNECTOR.history(api, site.clock() - timedelta(days=90))
        assert len([one for one in past if one.text == text]) == 1

    async def test_preparing_again_finds_the_draft_whose_answer_was_lost(self, site: Site):
        api = await site.connected()
        call = site.step(api, Content(text=new(), media=(site.image("Mur"),)))

        first = await CONNECTOR.prepare(call, api)
        again = await CONNECTOR.prepare(call, api)

        assert again == first
        assert first["slug"] == slug_for(call)

    async def test_of_two_drafts_the_older_is_kept(self, site: Site):
        api = await site.connected()
        call = replace(site.step(api, Content(text=new())), untried=True)
        fields = {"title": "a", "status": "draft", "slug": slug_for(call)}
        older = (await site.ask("POST", "/posts/", one(fields))).mapping()["posts"][0]

        frozen = await CONNECTOR.prepare(call, api)

        assert frozen["post"] == older["id"]
        assert await site.post(f"/posts/slug/{slug_for(call)}-2/") == {}

    async def test_a_draft_is_no_publication_and_a_publication_is_found(self, site: Site):
        api = await site.connected()
        call = await site.prepared(site.step(api, Content(text=new())), api)

        before = await site.found(call, api)
        await site.send(call)
        after = await site.found(call, api)

        assert before == ()
        assert [(found.remote.id, found.certain) for found in after] == [(call.frozen["post"], True)]

    async def test_a_draft_that_was_thrown_away_by_hand_is_made_anew(self, site: Site):
        api = await site.connected()
        call = await site.prepared(site.step(api, Content(text=new())), api)
        await site.ask("DELETE", f"/posts/{call.frozen['post']}/")

        gone = await site.send(call)
        again = await CONNECTOR.prepare(call, api)

        assert isinstance(gone, Refused) and gone.code == "gone"
        assert again["post"] != call.frozen["post"]
        assert isinstance(await site.send(replace(call, frozen=again)), Accepted)

    async def test_a_lost_key_is_seen_and_never_taken_for_an_empty_list(self, site: Site):
        api = await site.connected()
        call = await site.prepared(site.step(api, Content(text=new())), api)
        key = f"{site.key.partition(':')[0]}:{WRONG_SECRET}"
        lost = replace(api.account, credentials={"key": key})

        verdict = await site.send(replace(call, account=lost))

        assert isinstance(verdict, Blocked) and verdict.reason is BlockReason.SIGN_IN
        with pytest.raises(AssertionError, match="Silent"):
            await site.found(call, site.api(lost))
        with pytest.raises(NetworkError):
            await CONNECTOR.prepare(call, site.api(lost))

    async def test_posts_and_members_are_counted(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))

        channel = await CONNECTOR.channel_figures(api)
        figures = await CONNECTOR.post_figures((remote,), api)

        assert channel.values["posts"] >= 1
        assert channel.values["followers"] == 0
        assert [one.values for one in figures] == [{}]


class Changing:
    async def test_an_edit_changes_words_and_stays_public(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new("Avant")))
        call = await site.prepared(site.step(api, Content(text=new("Après")), "edit", target=remote), api)
        before = await site.found(call, api)

        verdict = await site.send(call)

        assert isinstance(verdict, Accepted) and verdict.remote.id == remote.id
        seen = await site.post(f"/posts/{remote.id}/?formats=plaintext")
        assert (seen["plaintext"], seen["status"]) == (call.content.text, "published")
        assert before == () and len(await site.found(call, api)) == 1

    async def test_what_somebody_changed_meanwhile_is_left_alone(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new("Avant")))
        call = await site.prepared(site.step(api, Content(text="Après"), "edit", target=remote), api)
        stale = {**call.frozen["fields"], "updated_at": "2026-01-01T00:00:00.000Z"}

        verdict = await site.send(replace(call, frozen={"fields": stale}))

        assert isinstance(verdict, Duplicate)
        seen = await site.post(f"/posts/{remote.id}/?formats=plaintext")
        assert seen["plaintext"].startswith("Avant")

    async def test_a_deletion_sent_twice_is_done(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        call = await site.prepared(site.step(api, Content(), "delete", target=remote), api)
        before = await site.found(call, api)

        first, second = await site.send(call), await site.send(call)

        assert first == second == Accepted(remote)
        assert isinstance(await CONNECTOR.verify(remote, api), Absent)
        assert before == () and len(await site.found(call, api)) == 1
        assert await CONNECTOR.post_figures((remote,), api) == ()

    async def test_what_is_gone_can_no_longer_be_edited(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        await site.ask("DELETE", f"/posts/{remote.id}/")

        with pytest.raises(RejectedError, match="no longer on the site"):
            await CONNECTOR.prepare(site.step(api, Content(text="Tard"), "edit", target=remote), api)
