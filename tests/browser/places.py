"""Every page there is for the demo's owner, by name."""

from collections.abc import Callable

from tesselle.domain.lifecycle import DeliveryState
from tesselle.networks import cards
from tests.browser.demo import Demo

Path = Callable[[Demo], str]

NAVIGATION: dict[str, Path] = {
    "what needs you": lambda demo: "/",
    "write": lambda demo: "/posts/new",
    "calendar": lambda demo: "/calendar",
    "list": lambda demo: "/list",
    "drafts": lambda demo: "/drafts",
    "media": lambda demo: "/media",
    "channels": lambda demo: "/channels/",
    "network applications": lambda demo: "/installation/networks/",
    "members": lambda demo: "/members/",
    "journal": lambda demo: "/journal/",
    "subscribers": lambda demo: "/subscribers/",
    "workspaces": lambda demo: "/workspaces/",
    "workspace": lambda demo: "/workspace/",
    "account": lambda demo: "/settings/",
    "installation": lambda demo: "/installation/",
}

BELOW: dict[str, Path] = {
    "calendar, empty month": lambda demo: "/calendar?month=2031-05",
    "list, page two": lambda demo: "/list?page=2",
    "list, nothing matches": lambda demo: "/list?state=refused&from=2031-05-01",
    "missed": lambda demo: "/missed",
    "slots": lambda demo: "/slots",
    "draft": lambda demo: f"/posts/{demo.draft}",
    "planned post": lambda demo: f"/posts/{demo.planned_post}",
    "comments": lambda demo: f"/deliveries/{demo.commented}/replies",
    "photo": lambda demo: f"/media/{demo.photo}",
    "film": lambda demo: f"/media/{demo.film}",
    "channel": lambda demo: f"/channels/{demo.channel}/",
    "channel, blocked": lambda demo: f"/channels/{demo.blocked_channel}/",
    "reconnect": lambda demo: f"/channels/{demo.blocked_channel}/reconnect/",
    "disconnect": lambda demo: f"/channels/{demo.channel}/disconnect/",
    "connect": lambda demo: "/channels/connect/",
    "connected": lambda demo: f"/channels/connect/done/?channel={demo.channel}",
    "invite": lambda demo: "/members/invite/",
    "list of subscribers": lambda demo: f"/subscribers/{demo.mailing_list}/",
    "forget a subscriber": lambda demo: f"/subscribers/{demo.mailing_list}/{demo.subscriber}/erase/",
    "newsletter that went out": lambda demo: f"/deliveries/{demo.newsletter}",
    "new workspace": lambda demo: "/workspaces/new/",
    "outgoing mail": lambda demo: "/installation/mail/",
    "company account": lambda demo: "/installation/sign-in/",
    "journal of the installation": lambda demo: "/installation/journal/",
}

OWN_ACCOUNT: dict[str, Path] = {
    "password": lambda demo: "/account/password/change/",
    "security": lambda demo: "/account/second-factor/",
    "authenticator app": lambda demo: "/account/second-factor/app/on/",
    "passkeys": lambda demo: "/account/passkeys/",
    "new passkey": lambda demo: "/account/passkeys/add/",
    "sessions": lambda demo: "/account/sessions/",
    "company sign-in": lambda demo: "/account/company/",
    "is it you": lambda demo: "/account/reauthenticate/",
    "sign out": lambda demo: "/account/logout/",
}

WIZARD: dict[str, Path] = {
    f"connect {card.slug}": lambda demo, slug=card.slug: f"/channels/connect/{slug}/"  # type: ignore[misc]
    for card in cards()
}

APPLICATIONS: dict[str, Path] = {
    f"application {card.slug} {way.slug}": lambda demo, at=f"{card.slug}/{way.slug}": (  # type: ignore[misc]
        f"/installation/networks/{at}/"
    )
    for card in cards()
    for way in card.sign_ins
    if way.app == "installation"
}

DELIVERIES: dict[str, Path] = {
    f"delivery, {state}": lambda demo, state=state: f"/deliveries/{demo.states[state]}"  # type: ignore[misc]
    for state in DeliveryState
}

SIGNED_IN = {**NAVIGATION, **BELOW, **OWN_ACCOUNT, **WIZARD, **APPLICATIONS, **DELIVERIES}
