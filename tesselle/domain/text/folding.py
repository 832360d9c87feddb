"""Words as one looks them up: without accents and capitals, « média » under m-e, « cœur » under c-o-e."""

import unicodedata


def folded(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
