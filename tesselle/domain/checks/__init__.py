"""What a network would refuse or do otherwise, said before it is sent; every finding has its cure.

Used while typing, at planning and again just before sending: one truth for all three.
"""

from collections.abc import Iterable, Sequence

from tesselle.domain.checks.additions import addition_findings
from tesselle.domain.checks.consents import Agreement, Consents, consent_findings
from tesselle.domain.checks.counted import Counted, counted, limits_of_part
from tesselle.domain.checks.media import crop_findings, media_findings
from tesselle.domain.checks.options import DeclaredOption, option_findings
from tesselle.domain.checks.signs import sign_findings
from tesselle.domain.checks.texts import text_findings
from tesselle.domain.content import Content
from tesselle.domain.findings import Finding, Severity
from tesselle.domain.fitting import fitted_content
from tesselle.domain.limits import Limits

__all__ = [
    "Agreement",
    "Consents",
    "Counted",
    "DeclaredOption",
    "check",
    "check_as_sent",
    "consent_findings",
    "counted",
    "is_plannable",
    "limits_of_part",
]

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def check(content: Content, limits: Limits, *, options: Sequence[DeclaredOption] = ()) -> tuple[Finding, ...]:
    """Everything to say about the content, errors first.

    `options`: the choices the network's card declares; without them the content's are not judged.
    """
    limits = limits.of(content.format)
    found = (
        *text_findings(content, limits),
        *sign_findings(content, limits),
        *media_findings(content, limits),
        *addition_findings(content, limits),
        *option_findings(content, options),
    )
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def check_as_sent(
    content: Content,
    limits: Limits,
    *,
    options: Sequence[DeclaredOption] = (),
    consents: Consents | None = None,
) -> tuple[Finding, ...]:
    """The same for what is still in the library: judged as the files that will be made of it, and whether
    those who are on them agreed."""
    found = (
        *(consent_findings(content, consents) if consents is not None else ()),
        *check(fitted_content(content, limits), limits, options=options),
        *crop_findings(content, limits),
    )
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def is_plannable(findings: Iterable[Finding]) -> bool:
    """Whether nothing found would make the network refuse it."""
    return all(finding.severity is not Severity.ERROR for finding in findings)
