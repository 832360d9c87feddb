"""Every page there is for the demo's owner, by name."""

from collections.abc import Callable

from tesselle.domain.lifecycle import DeliveryState
from tests.browser.demo import Demo

Path = Callable[[Demo], str]

NAVIGATION: dict[str, Path] = {
    "calendar": lambda demo: "/",
    "write": lambda demo: "/posts/new",
    "list": lambda demo: "/list",
    "drafts": lambda demo: "/drafts",
    "channels": lambda demo: "/channels/",
    "settings": lambda demo: "/settings/",
    "workspaces": lambda demo: "/workspaces/",
}

BELOW: dict[str, Path] = {
    "calendar, empty month": lambda demo: "/?month=2031-05",
    "list, page two": lambda demo: "/list?page=2",
    "list, nothing matches": lambda demo: "/list?state=refused&from=2031-05-01",
    "missed": lambda demo: "/missed",
    "draft": lambda demo: f"/posts/{demo.draft}",
    "planned post": lambda demo: f"/posts/{demo.planned_post}",
    "comments": lambda demo: f"/deliveries/{demo.commented}/replies",
    "channel": lambda demo: f"/channels/{demo.channel}/",
    "channel, blocked": lambda demo: f"/channels/{demo.blocked_channel}/",
    "reconnect": lambda demo: f"/channels/{demo.blocked_channel}/reconnect/",
    "disconnect": lambda demo: f"/channels/{demo.channel}/disconnect/",
    "connect": lambda demo: "/channels/connect/",
    "connected": lambda demo: f"/channels/connect/done/?channel={demo.channel}",
    "password": lambda demo: "/account/password/change/",
    "sign out": lambda demo: "/account/logout/",
}

WIZARD: dict[str, Path] = {
    f"connect {slug}": lambda demo, slug=slug: f"/channels/connect/{slug}/"  # type: ignore[misc]
    for slug in ("bluesky", "mastodon", "telegram", "wordpress")
}

DELIVERIES: dict[str, Path] = {
    f"delivery, {state}": lambda demo, state=state: f"/deliveries/{demo.states[state]}"  # type: ignore[misc]
    for state in DeliveryState
}

SIGNED_IN = {**NAVIGATION, **BELOW, **WIZARD, **DELIVERIES}
