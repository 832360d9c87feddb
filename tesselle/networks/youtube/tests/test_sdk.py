"""Google's own client (PyPI google-api-python-client) drives our sandbox over loopback HTTP.

If connector and sandbox misread YouTube in the same way, this client still would not.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.connectors.tests.stage import png
from tesselle.networks.youtube.limits import CHUNK_STEP
from tesselle.networks.youtube.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault

HEAD = b"\x00\x00\x00\x18ftypmp42"


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    base: str
    opened: SandboxAccount

    @property
    def network(self) -> Any:
        return self.house.served["youtube"].network

    def credentials(self) -> Any:
        told = self.opened.answers
        return Credentials(
            told["access_token"],
            refresh_token=told["refresh_token"],
            token_uri=f"{self.base}/token",
            client_id=PRACTICE_ID,
            client_secret=PRACTICE_SECRET,
        )

    def service(self, api: str = "youtube", version: str = "v3") -> Any:
        made = build(
            api,
            version,
            credentials=self.credentials(),
            static_discovery=True,
            client_options={"api_endpoint": self.base},
        )
        made._rootDesc["rootUrl"] = f"{self.base}/"  # else uploads go to Google itself
        return made

    async def act(self, act: Callable[[Any], Any]) -> Any:
        """What `act` gets, in a thread: the client blocks."""

        def run() -> Any:
            with self.service() as youtube:
                return act(youtube)

        return await asyncio.to_thread(run)


@pytest.fixture
async def driven() -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        base = f"{house.base}/youtube"
        network = house.served["youtube"].network
        opened = await SANDBOX.open_account(network, base, "carrelage", "Carrelage Dubois")
        yield Driven(house, base, opened)


def uploaded(youtube: Any, size: int = 3 * CHUNK_STEP + 7, **status: Any) -> dict[str, Any]:
    """In pieces of the smallest size that there is."""
    media = MediaIoBaseUpload(BytesIO(HEAD.ljust(size, b"\0")), "video/mp4", CHUNK_STEP, resumable=True)
    body = {
        "snippet": {"title": "Pose", "description": "Grès", "tags": ["sol"], "categoryId": "26"},
        "status": {"privacyStatus": "private", "selfDeclaredMadeForKids": False, **status},
    }
    request = youtube.videos().insert(part="snippet,status", body=body, media_body=media)
    answer, pieces = None, 0
    while answer is None:
        _, answer = request.next_chunk()
        pieces += 1
    return {**answer, "pieces": pieces}


async def test_it_uploads_in_pieces_dresses_shows_and_deletes(driven: Driven):
    def act(youtube: Any) -> Any:
        made = uploaded(youtube)
        video = made["id"]
        media = MediaIoBaseUpload(BytesIO(png()), "image/png")
        dressed = youtube.thumbnails().set(videoId=video, media_body=media).execute()
        status = {"privacyStatus": "public", "selfDeclaredMadeForKids": False}
        shown = youtube.videos().update(part="status", body={"id": video, "status": status}).execute()
        read = youtube.videos().list(part="snippet,status,fileDetails", id=video).execute()["items"][0]
        gone = youtube.videos().delete(id=video).execute()
        left = youtube.videos().list(part="id", id=video).execute()["items"]
        return made, dressed, shown, read, gone, left

    made, dressed, shown, read, gone, left = await driven.act(act)

    assert made["pieces"] == 4
    assert made["status"]["privacyStatus"] == "private"
    assert "default" in dressed["items"][0]
    assert shown["status"]["privacyStatus"] == read["status"]["privacyStatus"] == "public"
    assert (read["snippet"]["title"], read["snippet"]["tags"]) == ("Pose", ["sol"])
    assert read["fileDetails"]["fileSize"] == str(3 * CHUNK_STEP + 7)
    assert (gone, left) == ("", [])


async def test_it_goes_on_after_a_break(driven: Driven):
    driven.house.served["youtube"].script.add(Fault("upload", Effect.FAIL_5XX, skip=2))

    def act(youtube: Any) -> Any:
        media = MediaIoBaseUpload(
            BytesIO(HEAD.ljust(2 * CHUNK_STEP, b"\0")), "video/mp4", CHUNK_STEP, resumable=True
        )
        body = {"snippet": {"title": "Pose"}, "status": {"privacyStatus": "private"}}
        request = youtube.videos().insert(part="snippet,status", body=body, media_body=media)
        request.next_chunk()
        with pytest.raises(HttpError):
            request.next_chunk()
        answer = None
        while answer is None:
            _, answer = request.next_chunk()
        return answer

    assert (await driven.act(act))["id"]
    assert len(await driven.network.truth()) == 1


async def test_it_finds_its_channel_its_playlists_and_its_uploads(driven: Driven):
    def act(youtube: Any) -> Any:
        video = uploaded(youtube)["id"]
        channel = (
            youtube.channels().list(part="id,snippet,contentDetails,status", mine=True).execute()["items"][0]
        )
        playlists = youtube.playlists().list(part="snippet,status", mine=True).execute()["items"]
        body = {
            "snippet": {
                "playlistId": playlists[0]["id"],
                "resourceId": {"kind": "youtube#video", "videoId": video},
            }
        }
        item = youtube.playlistItems().insert(part="snippet", body=body).execute()
        uploads = channel["contentDetails"]["relatedPlaylists"]["uploads"]
        listed = youtube.playlistItems().list(part="snippet,status", playlistId=uploads).execute()["items"]
        return video, channel, playlists, item, listed

    video, channel, playlists, item, listed = await driven.act(act)

    assert channel["snippet"]["title"] == "Carrelage Dubois"
    assert [one["snippet"]["title"] for one in playlists] == ["Conseils de pose", "Chantiers"]
    assert item["snippet"]["resourceId"]["videoId"] == video
    assert listed[0]["snippet"]["resourceId"]["videoId"] == video
    assert listed[0]["status"]["privacyStatus"] == "private"


async def test_it_comments_answers_reads_and_takes_down(driven: Driven):
    def act(youtube: Any) -> Any:
        video = uploaded(youtube, privacyStatus="public")["id"]
        top = {"snippet": {"videoId": video, "topLevelComment": {"snippet": {"textOriginal": "Merci"}}}}
        thread = youtube.commentThreads().insert(part="snippet", body=top).execute()
        below = {"snippet": {"parentId": thread["id"], "textOriginal": "De rien"}}
        answer = youtube.comments().insert(part="snippet", body=below).execute()
        threads = youtube.commentThreads().list(part="snippet,replies", videoId=video).execute()["items"]
        answers = youtube.comments().list(part="snippet", parentId=thread["id"]).execute()["items"]
        youtube.comments().delete(id=answer["id"]).execute()
        left = youtube.comments().list(part="id", id=answer["id"]).execute()["items"]
        return threads, answers, left

    threads, answers, left = await driven.act(act)

    assert threads[0]["snippet"]["topLevelComment"]["snippet"]["textDisplay"] == "Merci"
    assert threads[0]["replies"]["comments"][0]["snippet"]["textDisplay"] == "De rien"
    assert [one["snippet"]["textOriginal"] for one in answers] == ["De rien"]
    assert left == []


async def test_it_reads_the_reports(driven: Driven):
    video = (await driven.act(lambda youtube: uploaded(youtube, privacyStatus="public")))["id"]
    post = await driven.network.stored_post(video)
    old = {
        **post.to_json(),
        "figures": {"shares": 3},
        "created_at": (post.created_at - timedelta(days=3)).isoformat(),
    }
    await driven.network.save_post(type(post).from_json(old))

    def act() -> Any:
        with driven.service("youtubeAnalytics", "v2") as analytics:
            return (
                analytics.reports()
                .query(
                    ids="channel==MINE",
                    startDate="2005-04-23",
                    endDate="2026-12-31",
                    metrics="shares,videosAddedToPlaylists,estimatedMinutesWatched",
                    dimensions="video",
                    filters=f"video=={video}",
                    sort="-shares",
                    maxResults=10,
                )
                .execute()
            )

    answer = await asyncio.to_thread(act)

    columns = [one["name"] for one in answer["columnHeaders"]]
    assert columns == ["video", "shares", "videosAddedToPlaylists", "estimatedMinutesWatched"]
    assert answer["rows"] == [[video, 3, 0, 0]]


async def test_it_understands_the_refusals(driven: Driven):
    driven.house.served["youtube"].script.add(Fault("create", Effect.REFUSE_MEDIA))

    def act(youtube: Any) -> HttpError:
        with pytest.raises(HttpError) as refused:
            youtube.videos().update(part="status", body={"id": "a", "status": {}}).execute()
        return refused.value

    error = await driven.act(act)

    assert error.status_code == 400
    assert error.error_details[0]["reason"] == "invalidVideoMetadata"


async def test_it_renews_its_sign_in_by_itself(driven: Driven):
    driven.house.served["youtube"].script.add(Fault("identify", Effect.EXPIRED))

    def act(youtube: Any) -> Any:
        return youtube.channels().list(part="id", mine=True).execute()["items"]

    assert [one["id"] for one in await driven.act(act)] == [driven.opened.id]
    assert len(await driven.network.all_kept("tokens")) == 2


async def test_it_understands_what_is_not_there(driven: Driven):
    def act(youtube: Any) -> list[Any]:
        told = []
        for request in (
            youtube.videos().delete(id="nothing"),
            youtube.playlistItems().list(part="id", playlistId="PLnothing"),
            youtube.comments().delete(id="nothing"),
        ):
            with pytest.raises(HttpError) as refused:
                request.execute()
            told.append((refused.value.status_code, refused.value.error_details[0]["reason"]))
        return told

    assert await driven.act(act) == [
        (404, "videoNotFound"),
        (404, "playlistNotFound"),
        (404, "commentNotFound"),
    ]
