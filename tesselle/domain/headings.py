"""What columns of the networks' exports are called, so that most of a mapping is guessed.

The words were gathered from what people show of such files, not from a promise of the networks, which
rename them as they like: what was guessed is always told.
"""

import re
from collections.abc import Mapping, Sequence

from tesselle.domain.metrics import Metric

ID, URL, DAY, TIME, TEXT, ACCOUNT = "id", "url", "day", "time", "text", "account"
Vocabulary = Mapping[str, tuple[str, ...]]

# As `plain` makes them: small letters, digits and single spaces.
WORDS: Vocabulary = {
    ID: (
        "post id", "tweet id", "media id", "video id", "pin id", "content id", "content", "contenu", "id",
        "identifiant de la publication", "identifiant", "id de publication", "id de la publication", "beitrags id",
        "inhalt",
    ),
    URL: (
        "permalink", "post link", "video link", "tweet permalink", "link to post", "link", "url", "post url",
        "pin url", "permalien", "lien permanent", "lien vers la publication", "lien de la publication", "lien",
    ),
    DAY: (
        "publish time", "publish date", "post time", "created date", "video publish time", "time posted",
        "post publish date", "post date", "heure de publication", "date de publication",
        "date et heure de publication", "date et heure", "date de creation", "date de mise en ligne de la video",
        "publie le", "publiee le", "veroffentlichungszeitpunkt", "veroffentlicht am", "data di pubblicazione",
        "published", "published at", "posted", "posted at", "created", "created at", "publie", "date", "datum",
        "data", "jour",
        "created time", "create time", "creation time", "timestamp", "date heure",
    ),
    TIME: ("time", "hour", "heure", "uhrzeit", "ora"),
    TEXT: (
        "description", "title", "post text", "tweet text", "post title", "video title", "caption", "text",
        "pin title", "post message", "message", "titre", "legende", "texte", "titre de la publication",
        "titre de la video", "beschreibung", "titel", "descrizione", "titolo",
    ),
    ACCOUNT: (
        "account username", "page name", "account name", "page id", "account id", "nom d utilisateur du compte",
        "nom de la page", "nom du compte", "id de la page", "seitenname",
    ),
    Metric.IMPRESSIONS.value: (
        "impressions", "views", "vues", "impression", "impressionen", "aufrufe", "visualizzazioni",
        "nombre d impressions",
    ),
    Metric.REACH.value: (
        "reach", "unique impressions", "viewers", "audience", "portee", "couverture", "spectateurs",
        "reichweite", "copertura", "impressions uniques", "spectateurs uniques", "unique viewers",
    ),
    Metric.REACTIONS.value: (
        "reactions", "likes", "total likes", "likes and reactions", "mentions j aime", "j aime", "reaction",
        "mentions j aime et reactions", "gefallt mir angaben", "mi piace", "reaktionen", "total de j aime",
    ),
    Metric.COMMENTS.value: (
        "comments", "replies", "total comments", "comments added", "commentaires", "reponses", "kommentare",
        "commenti", "commentaires ajoutes", "total de commentaires",
    ),
    Metric.SHARES.value: (
        "shares", "reposts", "retweets", "total shares", "partages", "republications", "geteilte inhalte",
        "condivisioni", "total de partages",
    ),
    Metric.SAVES.value: (
        "saves", "saved", "bookmarks", "enregistrements", "signets", "gespeichert", "salvataggi",
        "total saves", "favoris",
    ),
    Metric.CLICKS.value: (
        "link clicks", "outbound clicks", "url clicks", "total clicks", "clicks", "clics sur un lien",
        "clics sur le lien", "clics sortants", "nombre total de clics", "clics", "klicks", "clic",
    ),
    Metric.VIDEO_VIEWS.value: (
        "video views", "total views", "3 second video views", "vues de video", "total de vues", "plays",
        "lectures", "videoaufrufe",
    ),
}  # fmt: skip


def plain(heading: str) -> str:
    """Without accents, signs and capitals, which exports change most often."""
    table = str.maketrans("àâäáãçéèêëíîïìñóôöòõúûüùÿ", "aaaaaceeeeiiiinooooouuuuy")
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold().translate(table)))


def guess(words: Vocabulary, headings: Sequence[str]) -> dict[str, int]:
    """Field -> column. A word that stands earlier in the list goes before a later one; each column is
    taken once."""
    names = [plain(heading) for heading in headings]
    found: dict[str, int] = {}
    for field, known in words.items():
        places = (names.index(word) for word in known if word in names)
        place = next((one for one in places if one not in found.values()), None)
        if place is not None:
            found[field] = place
    return found


def heading_row(words: Vocabulary, rows: Sequence[Sequence[str]], most: int = 12) -> int:
    """Exports often begin with lines about themselves: the row that names the most fields."""
    scores = [len(guess(words, row)) for row in rows[:most]]
    return max(range(len(scores)), key=lambda at: scores[at], default=0)
