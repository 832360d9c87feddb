"""What columns of visits to a website are called, in the exports of website statistics and in tables made by hand.

Gathered as those of the networks: a guess stands in the form before anything is read.
"""

from collections.abc import Mapping

DAY, LANDING, VISITS = "day", "landing", "visits"
SOURCE, MEDIUM, CAMPAIGN, CONTENT, TERM = "source", "medium", "campaign", "content", "term"
MARKS = (SOURCE, MEDIUM, CAMPAIGN, CONTENT, TERM)
FIELDS = (DAY, VISITS, *MARKS, LANDING)

# As `headings.plain` makes them. What is named first goes before what is named later.
WORDS: Mapping[str, tuple[str, ...]] = {
    DAY: ("date", "day", "jour", "datum", "data", "tag", "giorno"),
    VISITS: (
        "visits", "sessions", "nb visits", "visites", "besuche", "sitzungen", "visite", "sessioni",
        "nombre de visites", "nombre de sessions",
    ),
    SOURCE: (
        "utm source", "session source", "session source medium", "campaign source", "source", "session manual source",
        "source de la session", "source support de la session", "source de campagne", "quelle",
    ),
    MEDIUM: (
        "utm medium", "session medium", "campaign medium", "medium", "session manual medium", "support",
        "support de la session", "support de campagne",
    ),
    CAMPAIGN: (
        "utm campaign", "session campaign", "session campaign name", "campaign name", "campaign",
        "session manual campaign name", "campagne", "nom de la campagne", "campagne de la session", "kampagne",
        "campagna",
    ),
    CONTENT: (
        "utm content", "session manual ad content", "campaign content", "content", "contenu", "contenu de campagne",
        "inhalt",
    ),
    TERM: (
        "utm term", "session manual term", "campaign keyword", "keyword", "term", "mot cle", "mot cle de campagne",
        "terme",
    ),
    LANDING: (
        "landing page", "landing page query string", "entry page", "landing url", "entry page url", "url", "page",
        "page d entree", "page de destination", "adresse", "einstiegsseite",
    ),
}  # fmt: skip
