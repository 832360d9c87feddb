"""The colours hold the contrast they promise, in both themes."""

import re
from pathlib import Path

import pytest

PRODUCT = Path(__file__).parents[2]
CSS = PRODUCT / "web/static/web/css"
_COLOUR = re.compile(r"^\s*--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);(?: /\* (.*) \*/)?$", re.MULTILINE)
_PARTNER = re.compile(r"on --([\w-]+) ([\d.]+)")


def _colours() -> dict[str, tuple[str, str]]:
    return {name: (light, dark) for name, light, dark, _ in _COLOUR.findall(_tokens())}


def _tokens() -> str:
    return (CSS / "tokens.css").read_text(encoding="utf-8")


def _pairs() -> list[tuple[str, str, float]]:
    return [
        (name, partner, float(ratio))
        for name, _, _, comment in _COLOUR.findall(_tokens())
        for partner, ratio in _PARTNER.findall(comment)
    ]


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_guideline_says():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_many_pairs_are_declared():
    assert len(_pairs()) > 30


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_declared_pair_holds_its_contrast(theme):
    colours = _colours()

    weak = {
        f"--{name} on --{partner}": round(_contrast(colours[name][theme], colours[partner][theme]), 2)
        for name, partner, ratio in _pairs()
        if _contrast(colours[name][theme], colours[partner][theme]) < ratio
    }

    assert weak == {}


def test_words_and_icons_of_every_tone_declare_a_partner():
    declared = {name for name, _, _ in _pairs()}

    assert {
        "text",
        "text-muted",
        "link",
        "on-brand",
        "quiet",
        "info",
        "good",
        "attention",
        "danger",
    } <= declared


def _sheets() -> dict[str, str]:
    """Every sheet of the product by its path; what a network draws of itself is not ours to colour."""
    return {
        str(sheet.relative_to(PRODUCT)): sheet.read_text(encoding="utf-8")
        for sheet in sorted(PRODUCT.glob("**/static/**/*.css"))
    }


def test_no_colour_stands_outside_the_tokens():
    strays = [
        f"{path}: {found}"
        for path, sheet in _sheets().items()
        if not path.endswith("/tokens.css") and not re.fullmatch(r"networks/\w+/static/.*/preview\.css", path)
        for found in re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet)
    ]

    assert strays == []


def test_every_token_used_exists():
    sheets = "".join(_sheets().values())
    known = set(re.findall(r"(--[\w-]+):", sheets))
    images = "".join(p.read_text(encoding="utf-8") for p in (CSS.parent / "img").glob("*.svg"))

    assert set(re.findall(r"var\((--[\w-]+)", sheets + images)) - known == set()


def test_no_rule_is_written_twice():
    """The same selector with the same words in two sheets: it belongs into one, in web."""
    seen: dict[str, list[str]] = {}
    for path, sheet in _sheets().items():
        for line in {line.strip() for line in sheet.splitlines() if re.match(r"\s*[.:\w\[].*\{.+\}$", line)}:
            seen.setdefault(line, []).append(path)

    assert {rule: paths for rule, paths in seen.items() if len(paths) > 1} == {}


def test_every_sheet_is_brought_in():
    imported = set(re.findall(r'@import "([\w-]+\.css)"', (CSS / "app.css").read_text(encoding="utf-8")))

    assert imported == {sheet.name for sheet in CSS.glob("*.css")} - {"app.css"}
