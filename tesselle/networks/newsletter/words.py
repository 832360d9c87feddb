"""What stands in every mail beside the post, in the list's language.

Not from the catalogues: a mail is made outside of any page, and must be the same at every attempt.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`why`: takes the list's name."""

    why: str
    leave: str


WORDS = {
    "fr": Words(
        "Vous recevez ce message parce que cette adresse est abonnée à «\u00a0{list}\u00a0».", "Se désabonner"
    ),
    "en": Words("You get this mail because this address is subscribed to “{list}”.", "Unsubscribe"),
}


def words_in(language: str) -> Words:
    return WORDS.get(language[:2], WORDS["en"])
