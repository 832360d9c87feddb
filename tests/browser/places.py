"""Every page there is for the demo's owner, by name."""

from collections.abc import Callable

from tesselle.domain.lifecycle import DeliveryState
from tesselle.networks import cards
from tests.browser.demo import Demo
from tests.browser.journey import open_proven
from tests.browser.visit import Visit

Path = Callable[[Demo], str]

NAVIGATION: dict[str, Path] = {
    "what needs you": lambda demo: "/",
    "write": lambda demo: "/posts/new",
    "calendar": lambda demo: "/calendar",
    "list": lambda demo: "/list",
    "strategy": lambda demo: "/strategy",
    "approvals": lambda demo: "/approvals",
    "drafts": lambda demo: "/drafts",
    "media": lambda demo: "/media",
    "figures": lambda demo: "/figures/",
    "report": lambda demo: "/figures/report",
    "findings": lambda demo: "/figures/findings",
    "visits": lambda demo: "/figures/visits",
    "time and money": lambda demo: "/figures/costs",
    "quotes and jobs": lambda demo: "/figures/results",
    "channels": lambda demo: "/channels/",
    "network applications": lambda demo: "/installation/networks/",
    "path": lambda demo: "/path/",
    "practice": lambda demo: "/practice/",
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
    "list, all ticked": lambda demo: "/list?state=planned&tick=all",
    "list, nothing matches": lambda demo: "/list?state=refused&from=2031-05-01",
    "missed": lambda demo: "/missed",
    "calendar, week": lambda demo: "/calendar?view=week",
    "calendar, day": lambda demo: "/calendar?view=day",
    "calendar, list": lambda demo: "/calendar?view=list",
    "calendar, board": lambda demo: "/calendar?view=board",
    "plan several drafts": lambda demo: "/calendar/bulk",
    "posts from pictures": lambda demo: f"/calendar/pictures?asset={demo.photo}",
    "posts from pictures, none yet": lambda demo: "/calendar/pictures",
    "evergreen posts": lambda demo: "/calendar/evergreen",
    "import a table": lambda demo: "/calendar/import",
    "repeat a post": lambda demo: f"/posts/{demo.planned_post}/repeat",
    "calendar on a phone": lambda demo: "/calendar/feeds",
    "holidays and events": lambda demo: "/calendar/days",
    "slots": lambda demo: "/slots",
    "report of a campaign": lambda demo: f"/figures/report?campaign={demo.campaign}",
    "snippets": lambda demo: "/snippets",
    "were we right": lambda demo: "/figures/findings/score",
    "experiments": lambda demo: "/figures/findings/experiments",
    "new experiment": lambda demo: "/figures/findings/experiments/new?factor=slot",
    "first strategy": lambda demo: "/strategy/begin",
    "first strategy, subjects": lambda demo: "/strategy/begin?step=6",
    "readers": lambda demo: "/strategy/readers",
    "rhythm": lambda demo: "/strategy/rhythm",
    "line and charter": lambda demo: "/strategy/line",
    "new objective": lambda demo: "/strategy/objective/add",
    "draft": lambda demo: f"/posts/{demo.draft}",
    "planned post": lambda demo: f"/posts/{demo.planned_post}",
    "versions of a post": lambda demo: f"/posts/{demo.planned_post}/versions",
    "approval of a post": lambda demo: f"/posts/{demo.planned_post}/approval",
    "approval rule of a channel": lambda demo: f"/channels/{demo.channel}/approval",
    "notifications": lambda demo: "/notifications",
    "notification wishes": lambda demo: "/settings/notifications",
    "add pictures from a phone": lambda demo: "/share",
    "to be done by hand": lambda demo: "/by-hand",
    "remind to do by hand": lambda demo: f"/posts/{demo.planned_post}/by-hand",
    "idea box": lambda demo: "/ideas",
    "comments that wait": lambda demo: "/comments",
    "comments": lambda demo: f"/deliveries/{demo.commented}/replies",
    "media, nothing found": lambda demo: "/media?q=xyzzy",
    "consents": lambda demo: "/consents",
    "note a consent": lambda demo: f"/consents/new?asset={demo.photo}",
    "a consent": lambda demo: f"/consents/{demo.consent}",
    "albums": lambda demo: "/albums",
    "an album": lambda demo: f"/albums/{demo.album}",
    "photo": lambda demo: f"/media/{demo.photo}",
    "film": lambda demo: f"/media/{demo.film}",
    "crop a photo": lambda demo: f"/media/{demo.photo}/crop",
    "logo on a photo": lambda demo: f"/media/{demo.photo}/with-logo",
    "before and after": lambda demo: f"/media/pair?asset={demo.photo}&asset={demo.logo}",
    "document of pictures": lambda demo: f"/media/document?asset={demo.photo}&asset={demo.logo}",
    "captions of a film": lambda demo: f"/media/{demo.film}/captions",
    "figures, a year": lambda demo: "/figures/?days=365&age=1",
    "figures of a channel": lambda demo: f"/figures/channels/{demo.channel}?age=1",
    "part of the report": lambda demo: "/figures/report/parts/done",
    "share the report": lambda demo: "/figures/report/share",
    "all indicators": lambda demo: "/figures/dictionary",
    "pillars and campaigns": lambda demo: "/figures/aims?age=1",
    "audience": lambda demo: "/figures/audience",
    "team": lambda demo: "/figures/team",
    "peers": lambda demo: "/figures/peers",
    "where visits are read from": lambda demo: "/figures/visits/sources",
    "import figures": lambda demo: "/figures/import",
    "decisions": lambda demo: "/figures/findings/decisions",
    "channel": lambda demo: f"/channels/{demo.channel}/",
    "channel, blocked": lambda demo: f"/channels/{demo.blocked_channel}/",
    "reconnect": lambda demo: f"/channels/{demo.blocked_channel}/reconnect/",
    "disconnect": lambda demo: f"/channels/{demo.channel}/disconnect/",
    "practice clock": lambda demo: "/practice/clock/",
    "practice world": lambda demo: "/practice/world/",
    "scenarios": lambda demo: "/practice/scenarios/",
    "from practice to real": lambda demo: "/practice/take-over/",
    "bad days": lambda demo: "/practice/bad-day/",
    "simulated networks": lambda demo: "/practice/networks/",
    "simulated account": lambda demo: f"/practice/networks/{demo.channel}/",
    "simulated post": lambda demo: f"/practice/networks/{demo.commented_on}/{demo.commented}/",
    "connect": lambda demo: "/channels/connect/",
    "connected": lambda demo: f"/channels/connect/done/?channel={demo.channel}",
    "invite": lambda demo: "/members/invite/",
    "list of subscribers": lambda demo: f"/subscribers/{demo.mailing_list}/",
    "forget a subscriber": lambda demo: f"/subscribers/{demo.mailing_list}/{demo.subscriber}/erase/",
    "newsletter that went out": lambda demo: f"/deliveries/{demo.newsletter}",
    "new workspace": lambda demo: "/workspaces/new/",
    "outgoing mail": lambda demo: "/installation/mail/",
    "company account": lambda demo: "/installation/sign-in/",
    "glossary": lambda demo: "/glossary/",
    "path, start": lambda demo: "/path/start/",
    "path, needs": lambda demo: "/path/choosing/",
    "path, criteria": lambda demo: "/path/choosing/criteria/",
    "path, tools": lambda demo: "/path/choosing/tools/",
    "path, prices": lambda demo: "/path/choosing/prices/",
    "path, own list": lambda demo: "/path/learning/own/",
    "path, ranking": lambda demo: "/path/choosing/ranking/",
    "path, side by side": lambda demo: "/path/choosing/side-by-side/",
    "path, decision": lambda demo: "/path/choosing/decision/",
    "path, learning": lambda demo: "/path/learning/",
    "path, a chapter": lambda demo: "/path/learning/publish/",
    "path, show progress": lambda demo: "/path/learning/show/",
    "help": lambda demo: "/help/",
    "path, testing": lambda demo: "/path/testing/",
    "path, site and profiles": lambda demo: "/path/presence/",
    "path, time": lambda demo: "/path/time/",
    "path, report": lambda demo: "/path/report/",
    "path, a section": lambda demo: "/path/report/sections/time/",
    "path, what was reached": lambda demo: "/path/report/results/",
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


def arrive(visit: Visit, place: str, demo: Demo) -> None:
    """Open a place by its name, and see that it is this place and no other, in the visit's language."""
    path, language = SIGNED_IN[place](demo), visit.language
    open_proven(visit, path, demo.owner(language)[1])
    assert visit.page.url == f"{visit.address}{path}"
    assert visit.page.locator("html").get_attribute("lang") == language
