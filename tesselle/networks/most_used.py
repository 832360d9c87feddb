"""Where a small company most often has a page, the most frequent first: an order, never a limit.

For whatever must choose some networks out of all; a network that is not installed is passed over.
"""

MOST_USED = (
    "facebook",
    "instagram",
    "linkedin",
    "google_business",
    "youtube",
    "tiktok",
    "x",
    "pinterest",
    "threads",
    "telegram",
    "wordpress",
    "mastodon",
    "bluesky",
)


def most_used_first(slugs: tuple[str, ...]) -> tuple[str, ...]:
    """All of them; those without a place in the list last, in their own order."""
    known = [slug for slug in MOST_USED if slug in slugs]
    return (*known, *(slug for slug in slugs if slug not in MOST_USED))
