"""A carousel of pages: LinkedIn's own client sends one to our sandbox, and writes what our connector writes."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
import requests
from linkedin_api.clients.restli.client import RestliClient
from requests.adapters import BaseAdapter

from tesselle.connectors.http.exchange import Exchange, Gate, Request
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import RejectedError
from tesselle.networks.linkedin.tests.driving import Hands

PLAIN_POST = {"distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [],
                               "thirdPartyDistributionChannels": []},
              "visibility": "PUBLIC", "lifecycleState": "PUBLISHED", "isReshareDisabledByAuthor": False}  # fmt: skip


def pdf(pages: int) -> bytes:
    """A real one, made by PDFium."""
    document, file = pypdfium2.PdfDocument.new(), BytesIO()
    for _page in range(pages):
        document.new_page(1080, 1350)
    document.save(file)
    document.close()
    return file.getvalue()


def sent_up(hands: Hands, data: bytes | None) -> str:
    """The URN of a document, its bytes sent to where LinkedIn says."""
    begun = begin(hands)
    if data is not None:
        headers = {"Authorization": f"Bearer {hands.token}"}
        assert requests.put(begun["uploadUrl"], data, headers=headers, timeout=10).status_code == 201
    return str(begun["document"])


def begin(hands: Hands) -> dict[str, Any]:
    asked = {"initializeUploadRequest": {"owner": hands.author}}
    made = hands.do("action", "/documents", action_name="initializeUpload", action_params=asked)
    return dict(made.value)


async def test_their_client_sends_a_carousel_and_reads_it_back(driven):
    def act(hands):
        urn = sent_up(hands, pdf(3))
        status = hands.do("get", "/documents/{id}", path_keys={"id": urn}).entity["status"]
        made = hands.post("Six steps", {"media": {"id": urn, "title": "A bathroom in six steps"}})
        return urn, status, hands.do("get", "/posts/{id}", path_keys={"id": made.entity_id}).entity

    urn, status, read = await driven.act(act)

    assert status == "AVAILABLE"
    assert read["content"]["media"] == {"id": urn, "title": "A bathroom in six steps"}


@pytest.mark.parametrize(
    ("data", "title", "code"),
    [
        (pdf(1), "", "MISSING_FIELD"),
        (None, "Steps", "MEDIA_ASSET_WAITING_UPLOAD"),
        (b"GIF89a, no document at all", "Steps", "MEDIA_ASSET_PROCESSING_FAILED"),
    ],
)
async def test_their_client_understands_why_a_carousel_is_refused(driven, data, title, code):
    def act(hands):
        media = {"id": sent_up(hands, data)} | ({"title": title} if title else {})
        return hands.post("Six steps", {"media": media}).response

    answer = await driven.act(act)

    assert (answer.status_code, answer.json()["code"]) == (400, code)


class Heard(BaseAdapter):
    """What their client would have sent, told and never sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        self.sent.append(request)
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = 201, str(request.url), request
        answer._content = b'{"value": {}}'
        return answer

    def close(self) -> None:
        pass


class Listening:
    """A transport that keeps what our connector sends."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.sent: list[Request] = []

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        self.sent.append(request)
        answer: Exchange = await self._inner.exchange(request, gate)
        return answer


def place(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def said(body: Any) -> Any:
    return json.loads(body) if body else None


SAME_HEADERS = ("authorization", "linkedin-version", "x-restli-protocol-version")


async def test_our_carousel_is_letter_for_letter_what_their_client_writes(stage):
    data = pdf(3)
    (stage.folder / "steps.pdf").write_bytes(data)
    document = Media("document", "application/pdf", len(data), 0, 0, asset="steps.pdf", pages=3)
    stage.transport = ours = Listening(stage.transport)
    await stage.publish(Content(text="Prix (TTC)", media=(document,), options={"media_title": "Six steps"}))
    opened, file, looked, posted = ours.sent

    urn = said(posted.body)["content"]["media"]["id"]
    theirs, client = Heard(), RestliClient()
    client.session.mount("https://", theirs)
    hands = Hands(client, (await stage.api().session())["access_token"], stage.account.remote_id)
    begin(hands)
    hands.do("get", "/documents/{id}", path_keys={"id": urn})
    entity = {"author": hands.author, "commentary": r"Prix \(TTC\)", **PLAIN_POST,
              "content": {"media": {"id": urn, "title": "Six steps"}}}  # fmt: skip
    hands.do("create", "/posts", entity=entity)

    for mine, other in zip((opened, looked, posted), theirs.sent, strict=True):
        assert (mine.method, place(mine.url)) == (other.method, place(str(other.url)))
        assert said(mine.body) == said(other.body)
        headers = {name.lower(): value for name, value in mine.headers.items()}
        assert [headers[name] for name in SAME_HEADERS] == [other.headers[name] for name in SAME_HEADERS]
    assert isinstance(file.body, Path)
    assert (file.method, file.headers["Content-Type"], file.body.read_bytes()) == (
        "PUT", "application/pdf", data)  # fmt: skip


async def test_a_file_that_is_no_document_is_refused_before_the_post(stage):
    (stage.folder / "steps.pdf").write_bytes(b"GIF89a")
    document = replace(stage.document(), asset="steps.pdf")
    (stage.folder / "steps.pdf").write_bytes(b"GIF89a")

    with pytest.raises(RejectedError):
        await stage.prepared(stage.step(Content(text="Six steps", media=(document,))))
