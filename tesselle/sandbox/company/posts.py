"""Reading what the demo company writes."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path

from tesselle.domain.checks import check, is_plannable
from tesselle.domain.content import FORMAT, Content, Media
from tesselle.domain.limits import Limits
from tesselle.sandbox.company.pictures import Picture


def _as_it_is(content: Content) -> Content:
    return content


@dataclass(frozen=True, slots=True)
class CompanyPost:
    """`day` None: a draft. `mishap`: one network takes it, and does not show it. `page`: of the company's site,
    which it links to. `key`: by which others speak of it."""

    text: str
    on: str
    day: int | None = None
    time: time = time(8)
    short: str = ""
    title: str = ""
    name: str = ""
    pillar: str = ""
    picture: Picture | None = None
    alt: str = ""
    mishap: bool = False
    page: str = ""
    key: str = ""

    def shared(self, media: tuple[Media, ...]) -> Content:
        return Content(text=self.text, media=media, language="fr")

    def suited(
        self, limits: Limits, media: tuple[Media, ...], finish: Callable[[Content], Content] = _as_it_is
    ) -> Content | None:
        """What a network with these limits is given; None when it takes no form of this post.
        `finish`: what is still done to a form before it goes there.

        A network that wants titles is a site: it gets the articles only. One that takes no pictures
        gets the words alone. Where pictures have a format of their own, it gets them in that.
        """
        forms = self._forms(limits, media)
        forms += [
            replace(form, options={FORMAT: slug})
            for slug, inner in limits.formats
            if inner.max_images > limits.max_images == 0
            for form in self._forms(replace(inner, title=None), media)
        ]
        return next((form for form in forms if is_plannable(check(finish(form), limits))), None)

    def _forms(self, limits: Limits, media: tuple[Media, ...]) -> list[Content]:
        shared = self.shared(media if limits.max_images else ())
        if limits.title is not None:
            return [replace(shared, title=self.title)] if self.title else []
        return [shared, replace(shared, text=self.short or self.text)]


def company_posts() -> list[CompanyPost]:
    table = tomllib.loads((Path(__file__).parent / "posts.toml").read_text())
    return [_post(row) for row in table["post"]]


def _post(row: dict[str, object]) -> CompanyPost:
    words = {name: typeset(value) for name, value in row.items() if isinstance(value, str)}
    rest = {name: value for name, value in row.items() if not isinstance(value, str)}
    if isinstance(drawn := rest.get("picture"), dict):
        rest["picture"] = Picture(**drawn)
    if "time" in words:
        rest["time"] = time.fromisoformat(str(row["time"]))
    return CompanyPost(**{**words, **rest})  # type: ignore[arg-type]


def typeset(text: str) -> str:
    """French spaces that do not break, as they are set in Switzerland, and curved apostrophes."""
    text = text.strip().replace("'", "’").replace("« ", "«\u00a0")
    text = re.sub(r" ([:»%°²])", "\u00a0\\1", text)
    return re.sub(r" ([;?!])", "\u202f\\1", text)
