"""How figures of objectives are written."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.strategy.aimable import Kind, known
from tesselle.strategy.models import Objective


def written(value: float, kind: Kind) -> str:
    if kind == "share":
        return pgettext("share", "%(number)s%%") % {"number": number_format(100 * value, decimal_pos=1)}
    return number_format(round(value), force_grouping=True)


def in_words(objective: Objective) -> str:
    """The figure, from where to where; empty while nobody chose one."""
    indicator = known(objective.indicator)
    if indicator is None:
        return ""
    name = str(indicator.name)
    if indicator.kind == "sum":
        name = _("%(figure)s in four weeks") % {"figure": name}
    if objective.channel is not None:
        channel = objective.channel.display_name or objective.channel.handle
        name = _("%(figure)s on %(channel)s") % {"figure": name, "channel": channel}
    if objective.target is None:
        return name
    to = written(objective.target, indicator.kind)
    if objective.baseline is None:
        return _("%(figure)s: up to %(target)s") % {"figure": name, "target": to}
    values = {"figure": name, "base": written(objective.baseline, indicator.kind), "target": to}
    low, high = objective.baseline_low, objective.baseline_high
    if low is None or high is None or low == high:
        return _("%(figure)s: from %(base)s to %(target)s") % values
    return _("%(figure)s: from %(base)s (by chance alone between %(low)s and %(high)s) to %(target)s") % {
        **values,
        "low": written(low, indicator.kind),
        "high": written(high, indicator.kind),
    }
