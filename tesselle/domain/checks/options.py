"""The extra choices of a network: only declared ones, with a value that exists."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from tesselle.domain.content import Content
from tesselle.domain.findings import Finding
from tesselle.domain.messages import N_, Message


class DeclaredOption(Protocol):
    """What is asked of the card's option fields, which live one floor up."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def choices(self) -> Sequence[Any]: ...  # each with a `value`
    @property
    def maximum(self) -> int: ...
    @property
    def required(self) -> bool: ...


def option_findings(content: Content, options: Sequence[DeclaredOption]) -> Iterator[Finding]:
    """Values that the network does not know, that are missing or too long. An empty value means the
    default."""
    for option in options:
        value = content.options.get(option.name, "")
        place = f"options.{option.name}"
        if option.required and not value.strip():
            yield Finding(
                "option_missing",
                Message(N_("A choice is missing that the network does not make by itself.")),
                Message(N_("Make it among the channel’s choices.")),
                place,
            )
        if value and option.kind == "choice" and value not in {choice.value for choice in option.choices}:
            yield Finding(
                "option_unknown",
                Message(N_("“%(value)s” is not one of the choices."), {"value": value}),
                Message(N_("Choose one of those offered.")),
                place,
            )
        if 0 < option.maximum < len(value):
            yield Finding(
                "option_too_long",
                Message(
                    N_("This has %(counted)s characters; %(limit)s are allowed."),
                    {"counted": len(value), "limit": option.maximum},
                ),
                Message(N_("Shorten it by %(over)s."), {"over": len(value) - option.maximum}),
                place,
            )
