"""What a reader of French sees for a sentence of ours, so that a test names the sentence and not its wording."""

import gettext

from django.utils import translation

from tests.browser.house import ROOT


def in_french(sentence: str, **params: object) -> str:
    """On a page."""
    with translation.override("fr"):
        return _filled(sentence, translation.gettext(sentence), params)


def in_the_terminal(sentence: str, **params: object) -> str:
    """As a command says it; these words have a catalogue of their own."""
    words = gettext.translation("django", ROOT / "tesselle/ops/locale", languages=["fr"])
    return _filled(sentence, words.gettext(sentence), params)


def _filled(sentence: str, said: str, params: dict[str, object]) -> str:
    assert said != sentence, f"no French for: {sentence}"
    return said % params if params else said
