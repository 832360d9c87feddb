"""Sentences for people, written here, translated at the roof.

The lower floors know no Django. They mark an English sentence with `N_` so that the catalogue
finds it, and hand it up as a `Message`; `web` translates the sentence, then fills in the names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for this mark
    """Mark a sentence for the catalogue; returns it unchanged."""
    return sentence


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with named placeholders, `%(name)s` style."""

    sentence: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.params if self.params else self.sentence
