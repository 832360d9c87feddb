"""`tesselle COMMAND`: finds the command's module only when it is asked for, so that help is instant."""

import argparse
import gettext
import importlib
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, cast

from tesselle.domain.errors import TesselleError
from tesselle.domain.messages import Message

COMMANDS = {
    "up": "start everything: database, migrations, web, worker",
    "demo": "the same with a practice company, in a data folder of its own",
    "web": "serve the pages (needs DATABASE_URL and the keys)",
    "worker": "publish and measure (needs DATABASE_URL and the keys)",
    "sandbox": "simulated networks on loopback",
    "networks": "what each network can do, and what it is tested against",
    "check": "what a network would say to a post",
    "insights": "what a table of posts says, and how surely",
    "learn": "work out what the figures of each workspace say",
    "sites": "look at the websites that people asked about",
    "visits": "read the visits that websites' statistics tell",
    "notify": "tell people what they are to know: mails and messages that are due",
    "bench": "measure, on throw-away data",
    "chaos": "kill workers and let networks lie, then count the copies",
    "doctor": "look after everything that can be wrong, one sentence each",
    "backup": "database and media into one file",
    "restore": "from such a file; sending is held afterwards",
    "export": "one workspace into one file",
    "import": "such a file into this installation; sending is held afterwards",
    "reset-link": "a link for somebody who is locked out: a new password, once",
    "reseal": "put every secret under the newest key",
    "tidy": "away with workspaces deleted two weeks ago and with expired sessions",
}


# These read their own words.
PACKAGES = {"bench": "tesselle.ops.bench.command", "chaos": "tesselle.ops.chaos.command"}


class CommandModule(Protocol):
    def arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, options: argparse.Namespace) -> int: ...


def module_of(command: str) -> CommandModule:
    name = "import_" if command == "import" else command.replace("-", "_")
    return cast(CommandModule, importlib.import_module(f"tesselle.ops.commands.{name}"))


def parser_for(words: Sequence[str]) -> argparse.ArgumentParser:
    """All commands by name; the arguments of the one that `words` ask for."""
    parser = argparse.ArgumentParser(prog="tesselle", description="Plan, check, publish once, measure.")
    below = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    asked = next((word for word in words if not word.startswith("-")), "")
    for name, told in COMMANDS.items():
        sub = below.add_parser(name, help=told, description=told[0].upper() + told[1:] + ".")
        if name == asked and name not in PACKAGES:
            module_of(name).arguments(sub)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 a sentence on standard error says why not, 2 mistyped."""
    words = sys.argv[1:] if words is None else words
    if words and words[0] in PACKAGES:
        return int(importlib.import_module(PACKAGES[words[0]]).main(list(words[1:])))
    options = parser_for(words).parse_args(words)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.INFO)
    try:
        return module_of(options.command).run(options)
    except TesselleError as error:
        print(f"tesselle: {in_terminal_language(error.message)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def in_terminal_language(message: Message) -> str:
    """By LANGUAGE, LC_ALL or LANG, as every command of the machine; English where we have no words."""
    words = gettext.translation("django", Path(__file__).parent / "locale", fallback=True)
    return str(Message(words.gettext(message.sentence), message.params))


def print_json(answer: dict[str, Any]) -> None:
    """The last line of standard output."""
    print(json.dumps(answer, ensure_ascii=False, sort_keys=False))


if __name__ == "__main__":
    sys.exit(main())
