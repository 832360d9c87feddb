"""Findings in words: what, how much, how sure, from what. Certainty never stands without its number."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from tesselle.learn.models import Finding

FORMATS: dict[str, Promise] = {
    "text": gettext_lazy("Posts of words alone"),
    "picture": gettext_lazy("Posts with one picture"),
    "pictures": gettext_lazy("Posts with several pictures"),
    "film": gettext_lazy("Posts with a film"),
    "document": gettext_lazy("Posts with a document"),
    "poll": gettext_lazy("Posts with a poll"),
}
FLAGS: dict[str, Promise] = {
    "link": gettext_lazy("Posts with a link"),
    "question": gettext_lazy("Posts that ask a question"),
}
CADENCES: dict[str, Promise] = {
    "0": gettext_lazy("Posts with none before them in 24 hours"),
    "1": gettext_lazy("Posts with one other in the 24 hours before"),
    "2": gettext_lazy("Posts with two others in the 24 hours before"),
    "3-4": gettext_lazy("Posts with three or four others in the 24 hours before"),
    "5+": gettext_lazy("Posts with five or more others in the 24 hours before"),
}
CERTAINTIES: dict[str, tuple[Promise, Promise]] = {
    "clear": (pgettext_lazy("certainty", "This is clear"), gettext_lazy("at least 19 chances in 20")),
    "likely": (pgettext_lazy("certainty", "This is likely"), gettext_lazy("at least 9 chances in 10")),
    "worth_testing": (pgettext_lazy("certainty", "Worth testing"), gettext_lazy("about 3 chances in 4")),
    "no_difference": (
        pgettext_lazy("certainty", "No difference that matters"),
        gettext_lazy("within 10 percent either way, 4 chances in 5"),
    ),
    "cannot_tell": (pgettext_lazy("certainty", "Cannot be told yet"), gettext_lazy("too entangled")),
}


def subject(factor: str, level: str) -> str:
    """Which posts a finding speaks of."""
    if factor == "format":
        return str(FORMATS.get(level, level))
    if factor in FLAGS:
        return str(FLAGS[factor])
    if factor == "pillar":
        return _("Posts of the pillar “%(name)s”") % {"name": level} if level else _("Posts without a pillar")
    if factor == "cadence":
        return str(CADENCES.get(level, level))
    if factor == "hour":
        first, _dash, last = level.partition("-")
        return _("Posts between %(from)s and %(to)s o’clock") % {
            "from": first,
            "to": (int(last or first) + 1) % 24,
        }
    return _ranged(factor, level)


def _ranged(factor: str, level: str) -> str:
    low, _dash, high = level.partition("-")
    values = {"low": low.strip("<+"), "high": high}
    if factor == "length":
        if level.startswith("<"):
            return _("Posts of fewer than %(low)s characters") % values
        if level.endswith("+"):
            return _("Posts of %(low)s characters or more") % values
        return _("Posts of %(low)s to %(high)s characters") % values
    if level == "0":
        return _("Posts without hashtags")
    if level.endswith("+"):
        return _("Posts with %(low)s hashtags or more") % values
    return _("Posts with %(low)s to %(high)s hashtags") % values


def percent(gain: float) -> str:
    """Whole percents, in fives above twenty: more would claim what nobody knows. Without a sign."""
    value = abs(gain) * 100
    value = 5 * round(value / 5) if value > 20 else round(value)
    return pgettext("share", "%(number)s%%") % {"number": number_format(value)}


def claim(finding: Finding) -> str:
    """The effect and its range, in one sentence."""
    values = {
        "posts": subject(finding.factor, finding.level),
        "middle": percent(finding.middle),
        "low": signed(finding.low),
        "high": signed(finding.high),
    }
    if finding.middle >= 0:
        return (
            _(
                "%(posts)s get about %(middle)s more interactions than your usual mix (between %(low)s and %(high)s)."
            )
            % values
        )
    return (
        _(
            "%(posts)s get about %(middle)s fewer interactions than your usual mix (between %(low)s and %(high)s)."
        )
        % values
    )


def settled(finding: Finding) -> str:
    """That it makes no difference worth knowing, with the range that says so."""
    return _("%(posts)s do about as well as your usual mix (between %(low)s and %(high)s).") % {
        "posts": subject(finding.factor, finding.level),
        "low": signed(finding.low),
        "high": signed(finding.high),
    }


def signed(gain: float) -> str:
    rounded = round(gain * 100)
    return ("+" if rounded > 0 else "−" if rounded < 0 else "±") + percent(gain)


def basis(finding: Finding, first: str, last: str) -> str:
    """From how much this is known. Observed, not tried out: so "in your figures", never "because"."""
    posts = ngettext("%(n)s such post", "%(n)s such posts", finding.posts) % {"n": finding.posts}
    others = ngettext("%(n)s other", "%(n)s others", finding.others) % {"n": finding.others}
    return _("In your figures, from %(posts)s and %(others)s, from %(first)s to %(last)s.") % {
        "posts": posts,
        "others": others,
        "first": first,
        "last": last,
    }
