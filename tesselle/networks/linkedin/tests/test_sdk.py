"""LinkedIn's own client (PyPI `linkedin-api-client`) drives our sandbox over loopback HTTP, and encodes
paths and queries as we do.

If connector and sandbox misread the network in the same way, this client still would not.
"""

import pytest
import requests
from linkedin_api.clients.auth.client import AuthClient
from linkedin_api.clients.restli.utils import encoder
from linkedin_api.common import constants

from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.connectors.tests.stage import png
from tesselle.networks.linkedin import NETWORK, version, wire
from tesselle.simulation.faults import Effect, Fault


async def test_it_finds_its_page_posts_reads_lists_changes_and_deletes(driven):
    def act(hands):
        (role,) = hands.do("finder", "/organizationAcls", finder_name="roleAssignee").elements
        made = hands.post(r"Prix \(TTC\) #zellige")
        key = {"id": made.entity_id}
        read = hands.do("get", "/posts/{id}", path_keys=key).entity
        found = hands.do("finder", "/posts", finder_name="author", query_params={"author": hands.author})
        changed = hands.do(
            "partial_update", "/posts/{id}", path_keys=key, patch_set_object={"commentary": "Tiles"}
        )
        again = hands.do("get", "/posts/{id}", path_keys=key).entity
        gone = hands.do("delete", "/posts/{id}", path_keys=key)
        missing = hands.do("get", "/posts/{id}", path_keys=key)
        return role, made, read, found, changed, again, gone, missing

    role, made, read, found, changed, again, gone, missing = await driven.act(act)

    assert (role["organization"], role["role"]) == (driven.author, "ADMINISTRATOR")
    assert made.status_code == 201
    assert made.entity_id == read["id"] == found.elements[0]["id"]
    assert made.entity is None
    assert read["commentary"] == r"Prix \(TTC\) #zellige"
    assert (changed.status_code, again["commentary"]) == (204, "Tiles")
    assert (gone.status_code, missing.status_code) == (204, 404)


async def test_it_posts_pictures_and_a_poll(driven):
    def act(hands):
        one, two = hands.upload(png()), hands.upload(png(comment="two"))
        status = hands.do("get", "/images/{id}", path_keys={"id": one}).entity["status"]
        images = {"multiImage": {"images": [{"id": one, "altText": "One"}, {"id": two}]}}
        options = [{"text": "Mat"}, {"text": "Brillant"}]
        poll = {"poll": {"question": "?", "options": options, "settings": {"duration": "THREE_DAYS"}}}
        return status, hands.post("Two", images).status_code, hands.post("Vote", poll).status_code

    assert await driven.act(act) == ("AVAILABLE", 201, 201)


async def test_it_comments_and_answers(driven):
    def act(hands):
        post = hands.post("Tiles").entity_id
        comment = {"actor": hands.author, "object": post, "message": {"text": "40 (TTC)"}}
        path = "/socialActions/{id}/comments"
        made = hands.do("create", path, path_keys={"id": post}, entity=comment)
        below = {**comment, "parentComment": made.entity["commentUrn"]}
        key = {"id": made.entity["commentUrn"]}
        hands.do("create", path, path_keys=key, entity=below)
        return (
            hands.do("get_all", path, path_keys={"id": post}).elements,
            hands.do("get_all", path, path_keys=key).elements,
        )

    comments, answers = await driven.act(act)

    assert [one["message"]["text"] for one in comments] == ["40 (TTC)"]
    assert [one["parentComment"] for one in answers] == [comments[0]["commentUrn"]]


async def test_it_asks_for_figures_with_a_list(driven):
    network = driven.house.served["linkedin"].network

    def post(hands):
        return [hands.post(text).entity_id for text in ("Tiles", "Grout")]

    urns = await driven.act(post)
    stored = await network.stored_post(urns[0])
    await network.save_post(type(stored).from_json({**stored.to_json(), "figures": {"impressions": 9}}))

    def ask(hands):
        params = {"organizationalEntity": hands.author, "shares": urns}
        path, finder = "/organizationalEntityShareStatistics", "organizationalEntity"
        return hands.do("finder", path, finder_name=finder, query_params=params).elements

    (row,) = await driven.act(ask)
    assert row["share"] == urns[0]
    assert row["totalShareStatistics"]["impressionCount"] == 9


async def test_it_understands_the_refusals(driven):
    def act(hands):
        first = hands.post("Tiles")
        twice = hands.post("Tiles").response
        long = hands.post("x" * 3_001).response
        old = hands.client.get(resource_path="/posts", access_token=hands.token, version_string="202501")
        nobody = hands.client.get(resource_path="/posts", access_token="no", version_string=version.KNOWN)
        return first.entity_id, twice, long, old, nobody

    first, twice, long, old, nobody = await driven.act(act)

    assert (twice.status_code, twice.json()["code"]) == (422, "DUPLICATE_POST")
    assert first in twice.json()["message"]
    assert (long.status_code, long.json()["code"]) == (400, "FIELD_LENGTH_TOO_LONG")
    assert (old.status_code, nobody.status_code) == (426, 401)


async def test_it_understands_a_pause(driven):
    driven.house.served["linkedin"].script.add(Fault("create", Effect.THROTTLE))

    answer = await driven.act(lambda hands: hands.post("Tiles"))

    assert answer.status_code == 429


async def test_it_signs_in(driven):
    def act(hands):
        back = "https://tesselle.example/back"
        auth = AuthClient(PRACTICE_ID, PRACTICE_SECRET, back)
        query = {"response_type": "code", "client_id": PRACTICE_ID, "redirect_uri": back, "state": "s"}
        page = f"{constants.OAUTH_BASE_URL}/authorization"
        params = {**query, "scope": " ".join(NETWORK.sign_ins[0].scopes)}
        said = requests.post(
            page, {"account": hands.author}, params=params, allow_redirects=False, timeout=10
        )
        code = said.headers["location"].partition("code=")[2].partition("&")[0]
        return auth.exchange_auth_code_for_access_token(code)

    answer = await driven.act(act)

    assert answer.access_token
    assert answer.expires_in == 5_184_000


@pytest.mark.parametrize(
    "urns", [["urn:li:share:1"], ["urn:li:share:1", "urn:li:comment:(urn:li:activity:2,3)"], []]
)
def test_we_encode_as_it_does(urns: list[str]):
    assert wire.listed(urns) == encoder.encode(urns)
    assert [wire.encoded(urn) for urn in urns] == [encoder.encode(urn) for urn in urns]
