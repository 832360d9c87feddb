"""What the look at the company's site and profiles found."""

from django.utils.translation import gettext, ngettext, pgettext

from tesselle.academy.dates import day
from tesselle.academy.models import Path, SiteCheck
from tesselle.academy.presence.pages import Shown, shown_of
from tesselle.academy.report.drafts import Draft, Sentence, sentence


def presence_draft(path: Path) -> Draft:
    check = path.site_checks.filter(state=SiteCheck.State.DONE).last()
    if check is None:
        lines = [_of("none", gettext("The company’s site and profiles were not looked at."))]
    else:
        shown = shown_of(check)
        lines = [_looked(check, shown), *(_found(one) for one in shown)]
    return Draft(
        "presence",
        gettext("The company’s presence"),
        gettext("Which findings did you take up with the company, and what came of them?"),
        tuple(lines),
    )


def _looked(check: SiteCheck, shown: list[Shown]) -> Sentence:
    where = check.address if check.pages else gettext("the profiles only")
    text = ngettext(
        "On %(day)s the presence was looked at (%(where)s); found: %(counted)s thing. This is orientation, not "
        "legal advice.",
        "On %(day)s the presence was looked at (%(where)s); found: %(counted)s things. This is orientation, not "
        "legal advice.",
        len(shown),
    )
    return _of("looked", text % {"day": day(check.ended_at), "where": where, "counted": len(shown)})


def _found(one: Shown) -> Sentence:
    text = gettext("%(title)s. %(norm)s Source: %(source)s. Cure: %(cure)s")
    words = {
        "title": one.norm.title,
        "norm": one.norm.norm,
        "source": one.norm.source,
        "cure": one.norm.cure,
    }
    return _of(f"finding-{one.norm.key}", text % words)


def _of(key: str, text: str) -> Sentence:
    return sentence(key, text, "academy:presence", pgettext("part of a path", "Site and profiles"))
