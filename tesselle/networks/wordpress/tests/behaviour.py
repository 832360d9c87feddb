"""What the connector does with a site. Asked of the sandbox and of a real server alike."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tesselle.domain.content import Content
from tesselle.domain.errors import BlockedError, NetworkError, RejectedError
from tesselle.domain.verdicts import Absent, Accepted, Blocked, BlockReason, Duplicate, Present, Refused
from tesselle.networks.wordpress.connector import CONNECTOR
from tesselle.networks.wordpress.drafts import slug_for
from tesselle.networks.wordpress.tests.site import Site

ACCENTS = "Été à la carrière : « mosaïque » 😀 & <b>grès</b> [gallery]\nDeuxième ligne.\n\nÀ bientôt"


def new(text: str = "Carreaux") -> str:
    """Words that no other test wrote."""
    return f"{text} {uuid4().hex[:8]}"


class Connecting:
    async def test_the_interface_is_found_from_whatever_is_typed(self, site: Site):
        for typed in (site.address, f"{site.address}/", f"{site.address}/wp-admin/profile.php"):
            identity = await site.identify(server=typed)
            assert identity.account.server == f"{site.address}/wp-json"

    async def test_a_site_without_pretty_addresses_is_spoken_to_by_query(self, site: Site):
        api = await site.connected()
        plain = site.api(replace(api.account, server=f"{site.address}/?rest_route="))

        remote = await site.done(plain, Content(text=new()))

        assert isinstance(await CONNECTOR.verify(remote, plain), Present)
        assert await CONNECTOR.post_figures((remote,), plain)

    async def test_an_editor_lacks_nothing(self, site: Site):
        identity = await site.identify("editor")

        assert identity.missing == ()
        assert identity.account.facts["can_moderate"] is True
        assert "password" not in repr(identity)

    async def test_spaces_in_the_password_do_not_matter(self, site: Site):
        password = site.logins["editor"][1]

        identity = await site.identify(password=" ".join(password))

        assert identity.account.remote_id

    async def test_an_author_is_told_about_comments_only(self, site: Site):
        sentences = [str(message) for message in (await site.identify("author")).missing]

        assert len(sentences) == 1 and "comments" in sentences[0]

    async def test_a_contributor_is_told_about_publishing_and_uploads(self, site: Site):
        sentences = " ".join(str(message) for message in (await site.identify("contributor")).missing)

        assert "may not publish" in sentences and "may not upload" in sentences

    @pytest.mark.parametrize("typed", [{"password": "aaaa bbbb cccc dddd"}, {"username": "nobody"}])
    async def test_a_wrong_sign_in_is_told_in_plain_words(self, site: Site, typed: dict[str, str]):
        with pytest.raises(RejectedError, match="does not accept this user name and application password"):
            await site.identify(**typed)


class Publishing:
    async def test_a_text_is_published_and_read_back(self, site: Site):
        api, text = await site.connected(), new()

        remote = await site.done(api, Content(text=text))

        presence = await CONNECTOR.verify(remote, api)
        assert isinstance(presence, Present) and presence.remote.url.startswith(site.address)
        assert (await site.item(f"/posts/{remote.id}"))["status"] == "publish"

    async def test_accents_emoji_and_signs_of_html_arrive_as_typed(self, site: Site):
        api = await site.connected()

        remote = await site.done(api, Content(text=ACCENTS, title="L'été <3 & 😀"))

        item = await site.item(f"/posts/{remote.id}")
        content = item["content"]["raw"]
        assert "« mosaïque » 😀 &amp; &lt;b&gt;grès&lt;/b&gt; &#91;gallery]<br>Deuxième" in content
        assert "<b>" not in item["content"]["rendered"]
        assert item["title"]["raw"] == "L'été &lt;3 & 😀"
        (past,) = [p for p in await self.past(site, api) if p.remote.id == remote.id]
        assert past.text == ACCENTS

    async def past(self, site: Site, api):
        return await CONNECTOR.history(api, site.clock() - timedelta(days=90))

    async def test_a_link_becomes_an_anchor(self, site: Site):
        api = await site.connected()
        content = Content(text=new("Voir https://tiles.example/a?b=1&c=2."), link="https://tiles.example/d")

        remote = await site.done(api, content)

        raw = (await site.item(f"/posts/{remote.id}"))["content"]["raw"]
        assert '<a href="https://tiles.example/a?b=1&amp;c=2">' in raw
        assert '<p><a href="https://tiles.example/d">' in raw

    async def test_one_picture_is_featured_with_its_alternative_text(self, site: Site):
        api = await site.connected()
        alt = 'Mur "bleu" & <blanc> d\'été 😀'

        remote = await site.done(api, Content(text=new(), media=(site.image(alt),)))

        item = await site.item(f"/posts/{remote.id}")
        file = await site.item(f"/media/{item['featured_media']}") if item["featured_media"] else {}
        assert file["alt_text"] == 'Mur "bleu" & &lt;blanc&gt; d\'été 😀'

    async def test_several_pictures_become_a_gallery(self, site: Site):
        api = await site.connected()
        media = (site.image("Un"), site.image("Deux"), site.image("Trois"))

        remote = await site.done(api, Content(text=new(), media=media))

        raw = (await site.item(f"/posts/{remote.id}"))["content"]["raw"]
        assert raw.count("<img ") == 3 and "wp-block-gallery" in raw
        assert all(f'alt="{one.alt}"' in raw for one in media)

    async def test_tags_and_categories_are_created_once_and_used_again(self, site: Site):
        api = await site.connected()
        options = {"tags": f"{new('grès')} & co, salle de bain", "categories": new("Conseils & idées")}

        first = await site.done(api, Content(text=new(), options=options))
        second = await site.done(api, Content(text=new(), options=options))

        one, two = await site.item(f"/posts/{first.id}"), await site.item(f"/posts/{second.id}")
        assert len(one["tags"]) == 2 and one["tags"] == two["tags"]
        assert len(one["categories"]) == 1 and one["categories"] == two["categories"]

    async def test_publishing_twice_gives_one_post(self, site: Site):
        api, text = await site.connected(), new()
        call = await site.prepared(site.step(api, Content(text=text)), api)

        first, second = await site.send(call), await site.send(call)

        assert isinstance(first, Accepted) and isinstance(second, Accepted)
        assert first.remote.id == second.remote.id
        assert len([past for past in await self.past(site, api) if past.text == text]) == 1

    async def test_preparing_again_finds_the_draft_whose_answer_was_lost(self, site: Site):
        api = await site.connected()
        call = site.step(api, Content(text=new(), media=(site.image("Mur"),)))

        first = await CONNECTOR.prepare(call, api)
        again = await CONNECTOR.prepare(call, api)

        assert again == first

    async def test_of_two_drafts_the_older_is_kept(self, site: Site):
        api = await site.connected()
        call = site.step(api, Content(text=new()))
        slug = slug_for(call)
        fields = {"title": "a", "status": "draft"}
        older = (await site.ask("POST", "/posts", "editor", {**fields, "slug": slug})).mapping()["id"]
        newer = (await site.ask("POST", "/posts", "editor", {**fields, "slug": slug})).mapping()

        frozen = await CONNECTOR.prepare(call, api)

        assert newer["slug"] == f"{slug}-2"
        assert frozen["post"] == older

    async def test_a_draft_is_no_publication_and_a_publication_is_found(self, site: Site):
        api = await site.connected()
        call = await site.prepared(site.step(api, Content(text=new())), api)

        before = await site.found(call, api)
        await site.send(call)
        after = await site.found(call, api)

        assert before == ()
        assert [(one.remote.id, one.certain) for one in after] == [(str(call.frozen["post"]), True)]

    async def test_a_draft_that_was_thrown_away_by_hand_is_made_anew(self, site: Site):
        api = await site.connected()
        call = await site.prepared(site.step(api, Content(text=new())), api)
        await site.ask("DELETE", f"/posts/{call.frozen['post']}", "editor")

        again = await CONNECTOR.prepare(call, api)

        assert again["post"] != call.frozen["post"]
        assert isinstance(await site.send(replace(call, frozen=again)), Accepted)


class Roles:
    async def test_an_author_publishes_with_a_picture(self, site: Site):
        api = await site.connected("author")

        remote = await site.done(api, Content(text=new(), media=(site.image("Mur"),)))

        assert isinstance(await CONNECTOR.verify(remote, api), Present)

    async def test_an_author_reads_the_history_of_the_whole_site(self, site: Site):
        editor, author, text = await site.connected(), await site.connected("author"), new()
        remote = await site.done(editor, Content(text=text))

        past = await CONNECTOR.history(author, site.clock() - timedelta(days=90))

        assert [one.text for one in past if one.remote.id == remote.id] == [text]
        assert await CONNECTOR.post_figures((remote,), author)

    async def test_an_unknown_category_is_an_authors_to_mend(self, site: Site):
        api = await site.connected("author")
        call = site.step(api, Content(text=new(), options={"categories": new("Rubrique")}))

        with pytest.raises(RejectedError, match="has no category"):
            await CONNECTOR.prepare(call, api)

    async def test_a_contributor_is_stopped_before_publication_and_the_draft_found_again(self, site: Site):
        api = await site.connected("contributor")
        call = await site.prepared(site.step(api, Content(text=new())), api)
        await site.ask("POST", f"/posts/{call.frozen['post']}", "contributor", {"status": "pending"})

        verdict = await site.send(call)

        assert isinstance(verdict, Blocked) and verdict.reason is BlockReason.ROLE
        assert await CONNECTOR.prepare(replace(call, frozen={}), api) == call.frozen

    async def test_a_contributor_may_not_upload(self, site: Site):
        api = await site.connected("contributor")

        with pytest.raises(BlockedError, match="may not upload"):
            await CONNECTOR.prepare(site.step(api, Content(text=new(), media=(site.image(),))), api)

    async def test_a_lost_password_is_seen_and_never_taken_for_an_empty_list(self, site: Site):
        api = await site.connected()
        call = await site.prepared(site.step(api, Content(text=new())), api)
        lost = replace(api.account, credentials={"username": "editor", "password": "gone"})

        verdict = await site.send(replace(call, account=lost))

        assert isinstance(verdict, Blocked) and verdict.reason is BlockReason.SIGN_IN
        with pytest.raises(AssertionError, match="Silent"):
            await site.found(call, site.api(lost))
        with pytest.raises(NetworkError):
            await CONNECTOR.prepare(call, site.api(lost))


class Discussing:
    async def test_an_answer_is_read_back_under_its_post(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        text = new("Merci & à bientôt <3 😀")

        first = await site.done(api, Content(text=text), "answer", target=remote)
        nested = await site.done(api, Content(text=new("Encore")), "answer", target=first)

        replies = await CONNECTOR.replies(remote, api)
        assert [(one.remote.id, one.parent_id, one.mine) for one in replies] == [
            (first.id, "", True),
            (nested.id, first.id, True),
        ]
        assert replies[0].text == text
        assert isinstance(await CONNECTOR.verify(first, api), Present)

    async def test_the_same_answer_twice_is_a_duplicate_and_found_with_certainty(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        call = await site.prepared(site.step(api, Content(text=new("Merci")), "answer", target=remote), api)
        first = await site.send(call)

        second = await site.send(call)

        assert isinstance(first, Accepted) and isinstance(second, Duplicate)
        (candidate,) = await site.found(call, api)
        assert candidate.certain and candidate.remote.id == first.remote.id

    async def test_an_author_finds_an_answer_but_cannot_be_certain(self, site: Site):
        api = await site.connected("author")
        remote = await site.done(api, Content(text=new()))
        call = await site.prepared(site.step(api, Content(text=new("Merci")), "answer", target=remote), api)
        await site.send(call)

        (candidate,) = await site.found(call, api)

        assert not candidate.certain

    async def test_an_answer_to_a_comment_that_is_gone_is_not_sent(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        comment = await site.done(api, Content(text=new("Merci")), "answer", target=remote)
        await site.done(api, Content(), "delete", target=comment)

        with pytest.raises(RejectedError, match="no longer"):
            await CONNECTOR.prepare(site.step(api, Content(text="Ah"), "answer", target=comment), api)

    async def test_comments_are_counted(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        await site.done(api, Content(text=new("Un")), "answer", target=remote)
        await site.done(api, Content(text=new("Deux")), "answer", target=remote)

        (figures,) = await CONNECTOR.post_figures((remote,), api)
        channel = await CONNECTOR.channel_figures(api)

        assert figures.values == {"comments": 2}
        assert channel.values["posts"] >= 1

    async def test_no_answer_is_taken_where_comments_are_closed(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new(), options={"comment_status": "closed"}))
        call = await site.prepared(site.step(api, Content(text="Ah"), "answer", target=remote), api)

        verdict = await site.send(call)

        assert isinstance(verdict, Refused) and verdict.code == "comments_closed"


class Changing:
    async def test_an_edit_changes_words_and_nothing_else(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new("Avant")))
        text = new("Après")
        call = await site.prepared(site.step(api, Content(text=text), "edit", target=remote), api)
        before = await site.found(call, api)

        verdict = await site.send(call)

        assert isinstance(verdict, Accepted) and verdict.remote.id == remote.id
        item = await site.item(f"/posts/{remote.id}")
        assert text in item["content"]["raw"] and item["status"] == "publish"
        assert before == () and len(await site.found(call, api)) == 1

    async def test_an_answer_can_be_edited(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        answer = await site.done(api, Content(text=new("Merci")), "answer", target=remote)

        await site.done(api, Content(text="Merci beaucoup"), "edit", target=answer)

        assert [one.text for one in await CONNECTOR.replies(remote, api)] == ["Merci beaucoup"]

    async def test_a_deletion_sent_twice_is_done(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        call = await site.prepared(site.step(api, Content(), "delete", target=remote), api)
        before = await site.found(call, api)

        first, second = await site.send(call), await site.send(call)

        assert isinstance(first, Accepted) and isinstance(second, Accepted)
        assert isinstance(await CONNECTOR.verify(remote, api), Absent)
        assert before == () and len(await site.found(call, api)) == 1
        assert await CONNECTOR.post_figures((remote,), api) == ()

    async def test_what_was_wiped_for_good_is_gone_too(self, site: Site):
        api = await site.connected()
        remote = await site.done(api, Content(text=new()))
        await site.ask("DELETE", f"/posts/{remote.id}?force=true", "editor")

        verdict = await site.send(site.step(api, Content(), "delete", target=remote))

        assert isinstance(verdict, Accepted)
        assert isinstance(await CONNECTOR.verify(remote, api), Absent)
