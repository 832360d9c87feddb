"""Communities: what each takes, its flairs, its rules."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.reddit.sandbox import wire
from tesselle.simulation.network import SimAccount, SimulatedNetwork

OPEN: dict[str, Any] = {
    "submission_type": "any",
    "allow_images": True,
    "allow_videos": True,
    "allow_galleries": True,
    "requirements": {},
    "flairs": [],
    "rules": [],
}
FOUNDED: dict[str, dict[str, Any]] = {
    "carrelage": {
        "flairs": ["Chantier", "Question", "Conseil"],
        "rules": ["Restez courtois", "Pas plus d'une annonce par semaine"],
    },
    "suisseromande": {
        "requirements": {
            "title_text_min_length": 10,
            "title_text_max_length": 120,
            "title_blacklisted_strings": ["gratuit"],
            "is_flair_required": True,
        },
        "flairs": ["Région", "Entreprises"],
        "rules": ["Un lien avec la Suisse romande"],
    },
    "belleslectures": {"submission_type": "link", "allow_galleries": False, "rules": ["Des liens seulement"]},
}


class Communities:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def found(self, name: str) -> None:
        """Whoever opens an account finds them there."""
        if await self._network.kept("communities", name) is None:
            row = {**OPEN, **FOUNDED.get(name, {}), "name": name, "banned": []}
            await self._network.keep("communities", name, row)

    async def called(self, name: str, account: SimAccount) -> dict[str, Any]:
        """Whatever the case of its letters; a profile is one too. Raises Reddit's own no."""
        wanted = name.lower()
        if wanted == f"u_{account.handle}".lower():
            return {**OPEN, "name": f"u_{account.handle}", "banned": []}
        for one in await self._network.all_kept("communities"):
            if one["name"].lower() == wanted:
                return one
        raise wire.listed("SUBREDDIT_NOEXIST", "that subreddit doesn't exist", "sr")

    async def _named(self, request: Request, account: SimAccount) -> dict[str, Any]:
        try:
            return await self.called(request.path_params["name"], account)
        except wire.NoError:
            raise wire.plain(404, "Not Found") from None

    async def subscribed(self, request: Request, account: SimAccount) -> Response:
        found = [self._about(one, account) for one in await self._network.all_kept("communities")]
        return wire.paged(request, found, "t5")

    async def about(self, request: Request, account: SimAccount) -> Response:
        one = await self._named(request, account)
        return wire.answered(request, {"kind": "t5", "data": self._about(one, account)})

    def _about(self, one: dict[str, Any], account: SimAccount) -> dict[str, Any]:
        shown = ("submission_type", "allow_images", "allow_videos", "allow_galleries")
        return {
            **{name: one[name] for name in shown},
            "display_name": one["name"],
            "name": f"t5_{one['name'].lower()}",
            "title": one["name"],
            "over18": False,
            "user_is_banned": account.id in one["banned"],
            "user_is_subscriber": True,
        }

    async def requirements(self, request: Request, account: SimAccount) -> Response:
        one = await self._named(request, account)
        usual: dict[str, Any] = {
            "title_text_min_length": None,
            "title_text_max_length": None,
            "title_required_strings": [],
            "title_blacklisted_strings": [],
            "title_regexes": [],
            "body_restriction_policy": "none",
            "domain_blacklist": [],
            "domain_whitelist": [],
            "is_flair_required": False,
            "guidelines_text": None,
        }
        return JSONResponse({**usual, **one["requirements"]})

    async def flairs(self, request: Request, account: SimAccount) -> Response:
        one = await self._named(request, account)
        if not one["flairs"]:
            raise wire.plain(403, "Forbidden")
        return JSONResponse(
            [
                {"id": flair_id(one, text), "text": text, "type": "text", "text_editable": False}
                for text in one["flairs"]
            ]
        )

    async def rules(self, request: Request, account: SimAccount) -> Response:
        one = await self._named(request, account)
        rules = [_rule(number, words) for number, words in enumerate(one["rules"])]
        return JSONResponse({"rules": rules, "site_rules": []})


def _rule(number: int, words: str) -> dict[str, Any]:
    return {
        "kind": "all",
        "short_name": words,
        "violation_reason": words,
        "description": "",
        "description_html": "",
        "created_utc": 1_600_000_000.0,
        "priority": number,
    }


def flair_id(community: dict[str, Any], text: str) -> str:
    number = community["flairs"].index(text)
    return f"f1a1{number:04d}-0000-11ee-8000-{len(community['name']):012d}"


def flair_text(community: dict[str, Any], wanted: str) -> str | None:
    return next((text for text in community["flairs"] if flair_id(community, text) == wanted), None)
