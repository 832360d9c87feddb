"""praw at work, in an environment of its own: one act, told and answered as JSON.

Run by `tests/real/test_reddit.py`. Nothing of ours is imported here.
"""
# mypy: disable-error-code="import-not-found,misc"

import json
import sys
from collections.abc import Callable
from typing import Any

import praw
from praw.exceptions import RedditAPIException
from praw.models import PostMedia
from prawcore.exceptions import PrawcoreException

TOLD = json.loads(sys.stdin.read())
SERVER = TOLD["server"]


class Loopback(praw.reddit.Requestor):
    """praw puts `https:` before the place of a store, and drops the path of a server: the make-believe
    one has no certificate, and lies below a path."""

    def request(self, method: str, url: str, **more: Any) -> Any:
        _, _, rest = url.partition("://")
        host, _, path = rest.partition("/")
        place = SERVER.rpartition("/")[2]
        below = path if path.startswith(f"{place}/") else f"{place}/{path}"
        return super().request(method, f"http://{host}/{below}", **more)


REDDIT = praw.Reddit(
    client_id=TOLD["client_id"],
    client_secret=TOLD["client_secret"],
    refresh_token=TOLD["refresh_token"],
    user_agent="test:drive_reddit:1 (by /u/nobody)",
    reddit_url=SERVER,
    oauth_url=SERVER,
    requestor_class=Loopback,
    check_for_updates=False,
)


def look_around() -> Any:
    sub = REDDIT.subreddit("carrelage")
    return {
        "name": REDDIT.user.me().name,
        "communities": sorted(one.display_name for one in REDDIT.user.subreddits(limit=None)),
        "rules": [one.short_name for one in sub.rules],
        "needs_flair": REDDIT.subreddit("suisseromande").post_requirements()["is_flair_required"],
    }


def write() -> Any:
    post = REDDIT.subreddit(TOLD["community"]).submit(TOLD["title"], selftext=TOLD["text"])
    return {"id": post.id, "title": post.title, "text": post.selftext, "author": post.author.name}


def link_twice() -> Any:
    sub = REDDIT.subreddit("carrelage")
    first = sub.submit("Un lien", url=TOLD["url"], resubmit=False)
    return {"id": first.id, "again": _refused(lambda: sub.submit("Encore", url=TOLD["url"], resubmit=False))}


def talk() -> Any:
    post = REDDIT.submission(id=TOLD["id"])
    comment = post.reply("Cent francs.")
    comment.edit("Cent vingt francs.")
    comment.reply("Par mètre.")
    fresh = REDDIT.submission(id=TOLD["id"])
    fresh.comments.replace_more(limit=None)
    told = [one.body for one in fresh.comments.list()]
    post.edit("Autres mots")
    post.delete()
    gone = next(iter(REDDIT.info(fullnames=[f"t3_{TOLD['id']}"])))
    return {"said": told, "author_of_the_gone": gone.author and gone.author.name}


def put_up() -> Any:
    """A picture, a gallery, a film; what comes back at once, and what the own list shows."""
    sub = REDDIT.subreddit("carrelage")
    picture, film = PostMedia(TOLD["picture"]), PostMedia(TOLD["film"])
    nothing = sub.submit("Image", image=picture, without_websockets=True)
    sub.submit("Film", video={"media": film, "thumbnail": picture}, without_websockets=True)
    gallery = sub.submit("Galerie", gallery=[picture, {"media": picture, "caption": "Deux"}])
    return {"nothing": nothing, "gallery": gallery.id}


def own_list() -> Any:
    return [[one.title, one.is_self, one.is_video] for one in REDDIT.user.me().submissions.new(limit=10)]


def be_refused() -> Any:
    sub = REDDIT.subreddit(TOLD["community"])
    return _refused(lambda: sub.submit(TOLD["title"], selftext=TOLD.get("text", "")))


def _refused(act: Callable[[], Any]) -> Any:
    try:
        act()
    except RedditAPIException as error:
        return [[one.error_type, one.message, one.field] for one in error.items]
    except PrawcoreException as error:
        return type(error).__name__
    return None


ACTS = (look_around, write, link_twice, talk, put_up, own_list, be_refused)
print(json.dumps({act.__name__: act for act in ACTS}[TOLD["act"]](), default=str))
