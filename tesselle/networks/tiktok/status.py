"""What became of what was handed over: asked by its `publish_id`, the witness of a film."""

from dataclasses import dataclass
from typing import Literal

from tesselle.connectors.protocols import Api
from tesselle.networks.tiktok.wire import ask

FETCH = "post/publish/status/fetch/"

State = Literal[
    "PROCESSING_UPLOAD", "PROCESSING_DOWNLOAD", "SEND_TO_USER_INBOX", "PUBLISH_COMPLETE", "FAILED", ""
]


@dataclass(frozen=True, slots=True)
class Status:
    """`there`: bytes that went up. `post`: the post's own number, which comes late or, for what not
    everybody may see, never."""

    state: str
    reason: str = ""
    there: int = 0
    post: str = ""

    def has_all(self, size: int) -> bool:
        """Whether nothing more has to go up for it to be posted."""
        if self.state == "PROCESSING_UPLOAD":
            return self.there >= size > 0
        return self.state in {"PROCESSING_DOWNLOAD", "SEND_TO_USER_INBOX", "PUBLISH_COMPLETE"}


async def status_of(publish_id: str, api: Api) -> Status:
    """The name of the list of numbers is misspelt there."""
    told = await ask(api, FETCH, {"publish_id": publish_id})
    posts = told.get("publicaly_available_post_id") or told.get("publicly_available_post_id") or ()
    return Status(
        state=str(told.get("status") or ""),
        reason=str(told.get("fail_reason") or ""),
        there=int(told.get("uploaded_bytes") or 0),
        post=str(posts[0]) if posts else "",
    )
