"""What a network's folder must hold, as sentences that say what to write."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

MARKS = {"N_": None, "_": None, "gettext_lazy": None, "gettext": None, "pgettext": ((1, "c"), 2)}
TRANSLATE = re.compile(r"""{%\s*(?:trans|translate)\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)""")
BLOCK = re.compile(
    r"{%\s*block(?:trans|translate)\b(?P<how>[^%]*)%}(?P<text>.*?){%\s*(?:plural|endblock)", re.S
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

PYTHON = {
    "__init__": ("NETWORK", "the card: NETWORK = Network(slug, name, account kinds, abilities, ...)"),
    "limits": (
        "limits_for",
        "what the network allows, every number with its source: def limits_for(account)",
    ),
    "connector": (
        "CONNECTOR",
        "what speaks its API: CONNECTOR = ...Connector(), see connectors/protocols.py",
    ),
    "metrics": (
        "METRICS",
        "a table of its fields in our terms: METRICS = {Metric.REACTIONS: MetricSource(...)}",
    ),
    "sandbox": (
        "SANDBOX",
        "its API over a simulated network: SANDBOX = Sandbox(...), see sandbox/contract.py",
    ),
}
FILES = {
    "README.md": "how to connect, what surprises, and the sources with their dates",
    "status.toml": "the checklist: for each point done, or exempt and why",
    "templates/networks/{slug}/preview.html": "what a post looks like there, drawn from `content`",
    "static/networks/{slug}/icon.svg": "a drawing of our own, 24 x 24, in currentColor",
    "locale/fr/LC_MESSAGES/django.po": "the French of every sentence in this folder",
    "tests/test_limits.py": "tests of what the network allows",
    "tests/test_connector.py": "tests of the connector against its sandbox",
    "tests/test_metrics.py": "tests of the metric table",
}


def missing(folder: Path) -> list[str]:
    """One sentence for each thing that is still to be written."""
    slug = folder.name
    told = [sentence for module, wanted in PYTHON.items() for sentence in _module(folder, module, *wanted)]
    for pattern, what in FILES.items():
        path = folder / pattern.format(slug=slug)
        if not path.is_file() or not path.read_text().strip():
            told.append(f"{slug}: write {path.relative_to(folder)}: {what}.")
    return told


def _module(folder: Path, module: str, name: str, what: str) -> Iterator[str]:
    paths = [folder / f"{module}.py", folder / module / "__init__.py"]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        yield f"{folder.name}: write {module}.py: {what}."
    elif name not in _names(path):
        yield f"{folder.name}: {path.relative_to(folder)} has no {name}; it should hold {what}."


def _names(path: Path) -> set[str]:
    """What a module gives, read without running it."""
    names: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.ImportFrom(names=imported):
                names |= {alias.asname or alias.name for alias in imported}
    return names


# --- French ----------------------------------------------------------------------------------


def sentences(folder: Path) -> set[str]:
    """Every string of a folder that is meant for people."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        if "tests" not in path.relative_to(folder).parts:
            with path.open("rb") as file:
                found |= {_first(text) for _line, text, *_ in extract("python", file, keywords=MARKS)}
    for path in folder.rglob("*.html"):
        source = path.read_text()
        found |= {match["text"] for match in TRANSLATE.finditer(source)}
        found |= {_block(match) for match in BLOCK.finditer(source)}
    return found


def _first(text: str | list[str] | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _block(match: re.Match[str]) -> str:
    text = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", match["text"])
    return " ".join(text.split()) if "trimmed" in match["how"] else text


def untranslated(folder: Path) -> list[str]:
    """A sentence for each string whose French is missing, doubtful, or lost a placeholder."""
    path = folder / "locale/fr/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    french = {_first(message.id): message for message in catalogue if message.id}
    told = []
    for text in sorted(sentences(folder)):
        problem = _problem(text, french.get(text))
        if problem:
            told.append(f"{folder.name}: the French of {text!r} {problem}.")
    return told


HOW_TO_TRANSLATE = (
    "`python tools/messages.py` adds what is missing to the folder's catalogue, empty; write the French there, then "
    "run tools/french_spaces.py and tools/catalogues.py."
)


def unfinished_words(folder: Path) -> list[str]:
    """A sentence for each thing that the README and the checklist are too short to say."""
    readme, status = (folder / "README.md").read_text(), tomllib.loads((folder / "status.toml").read_text())
    heads = re.findall(r"^## (.+)$", readme, re.M)
    sources = readme.partition("## Sources")[2]
    told = []
    if not re.search(r"20\d\d", sources):
        told.append(
            "README.md: end it with “## Sources”: where its rules stand, and on which day they were read"
        )
    if len(heads) < 3:
        told.append(
            "README.md: how one connects, what surprises, what is not confirmed: each under a heading"
        )
    for point in ("publish", "once", "connect", "sandbox"):
        if point not in {**status.get("done", {}), **status.get("exempt", {})}:
            told.append(f"status.toml: say of `{point}` whether it is done or exempt, and how")
    return [f"{folder.name}: {one}." for one in told]


def _problem(text: str, message: Message | None) -> str:
    if message is None or not message.string:
        return "is missing"
    if message.fuzzy:
        return "is marked fuzzy"
    strings = (message.string,) if isinstance(message.string, str) else message.string
    if any(set(PLACEHOLDER.findall(one)) != set(PLACEHOLDER.findall(text)) for one in strings):
        return "does not fill in the same names"
    return ""
