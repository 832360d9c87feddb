"""Websites made for the look at them, each with faults that are known; and one that is in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tesselle.connectors.http.asgi_transport import AsgiApp, AsgiTransport

SAFE = {
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "content-security-policy": "frame-ancestors 'self'",
}
COMPANY = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "GeneralContractor",
"name": "Carrelages du Léman", "address": {"postalCode": "1800"}, "telephone": "+41 21 000 00 00",
"url": "https://x.example", "openingHours": "Mo-Fr 08:00-17:00"}</script>"""
FOOT = '<a href="/impressum">Mentions légales</a> <a href="/donnees">Protection des données</a>'
IMPRINT = "Carrelages du Léman Sàrl, quai Perdonnet 1, 1800 Vevey, info@carrelages.example"


@dataclass(frozen=True, slots=True)
class Place:
    """`pages`: the answers by path; whatever else is asked for is not there. `plain`: what is answered without
    encryption; empty: a redirect to the encrypted address. `lines`: further headers, one of which may come more than
    once. `asked`: what was asked for, as it came."""

    pages: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    plain: str = ""
    robots: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    asked: list[str] = field(default_factory=list)


def html(
    body: str, *, head: str = "", title: str = "<title>Carrelages</title>", lang: str = ' lang="fr"'
) -> str:
    return f"<!doctype html><html{lang}><head>{title}{head}</head><body>{body}</body></html>"


def page(body: str, **more: str) -> str:
    return html(f"<h1>Carrelages</h1>{body}{FOOT}", **more)


GOOD = Place(
    {
        "/": page('<img src="/a.jpg" alt="Une terrasse"><a href="/travaux">Travaux</a>', head=COMPANY),
        "/travaux": page('<img src="/b.jpg" alt=""><a href="/"><img src="/logo.png" alt="Accueil"></a>'),
        "/impressum": page(IMPRINT),
        "/donnees": page("Aucune donnée ne part à l’étranger."),
    },
    {**SAFE, "set-cookie": "session=1; Secure; HttpOnly"},
)
NAMELESS = Place(
    {
        "/": html(
            "<h1>Terrasses</h1><p>© 2026 Terrasses. Écrivez-nous par le formulaire, nos coordonnées suivent.</p>"
            '<iframe src="https://www.youtube.com/embed/x" title="Film"></iframe>'
            '<iframe data-src="https://www.facebook.com/plugins/page.php" title="Page"></iframe>'
            '<script src="https://www.googletagmanager.com/gtag/js"></script>'
            '<script type="text/plain" src="https://static.hotjar.com/x.js"></script>',
            head=COMPANY.replace('"address": {"postalCode": "1800"}', '"address": "Vevey"'),
        )
    },
    {**SAFE, "set-cookie": "_ga=1; Path=/"},
)
UNREADABLE = Place(
    {
        "/": html(
            '<img src="/a.jpg"><a href="/perdu"><img src="/i.png" alt=""></a><button class="menu"></button>'
            '<form><input name="mail"><label for="ok">Oui</label><input id="ok"><input type="hidden" name="t">'
            '<label>Ville <input name="ville"></label></form>'
            f'<p>{IMPRINT}</p><a href="https://ailleurs.example/page">Ailleurs</a>'
            '<a href="https://ferme.example/">Fermé aux étrangers</a>' + FOOT,
            head='<meta name="viewport" content="width=device-width, user-scalable=no">',
            title="",
            lang="",
        ),
        "/impressum": page(IMPRINT),
        "/donnees": page("Nous ne transmettons rien."),
    }
)
OPEN = Place(
    {
        "/": page(
            f"<p>{IMPRINT}</p>",
            head='<link rel="stylesheet" href="https://fonts.googleapis.com/css"><script src="http://x.example/a.js">'
            "</script>"
            '<script type="application/ld+json">{"@type": "Plumber", "name": "Cuisines", "url": "x"}</script>'
            '<script type="application/ld+json">{"@type": </script>',
        ),
        "/impressum": page(IMPRINT),
        "/donnees": page("Nous utilisons des polices de caractères."),
    },
    plain=page("Cuisines"),
)
ELSEWHERE = Place({"/": html("Ailleurs")})
WORLD = {
    "bon.example": GOOD,
    "terrasses.example": NAMELESS,
    "bains.example": UNREADABLE,
    "cuisines.example": OPEN,
    "ailleurs.example": ELSEWHERE,
}


def transport(world: Mapping[str, Place]) -> AsgiTransport:
    return AsgiTransport(lambda host: _app(host, world))


def _app(host: str, world: Mapping[str, Place]) -> AsgiApp | None:
    if host == "ferme.example":
        return _answering(403, {}, "")
    return _site(world[host]) if host in world else None


def _site(place: Place) -> AsgiApp:
    async def app(scope, receive, send):
        path = scope["path"]
        place.asked.append(path)
        body = place.robots if path == "/robots.txt" else place.pages.get(path)
        if scope["scheme"] == "http" and place is not UNREADABLE:
            location = f"https://{dict(scope['headers'])[b'host'].decode()}{path}"
            answer = (
                _answering(200, {}, place.plain)
                if place.plain
                else _answering(301, {"location": location}, "")
            )
        else:
            found = _answering(200, place.headers, body, place.lines)
            answer = found if body else _answering(404, {}, "")
        await answer(scope, receive, send)

    return app


def _answering(
    status: int, headers: Mapping[str, str], body: str | None, more: tuple[tuple[str, str], ...] = ()
) -> AsgiApp:
    async def app(scope, receive, send):
        told = {"content-type": "text/html; charset=utf-8", **headers}
        lines = [(name.encode(), value.encode()) for name, value in [*told.items(), *more]]
        await send({"type": "http.response.start", "status": status, "headers": lines})
        await send({"type": "http.response.body", "body": (body or "").encode()})

    return app
