"""The register of consents, and who is on a picture. Names of customers: for those who write only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.library import consents
from tesselle.library.access import asset_for, consent_for
from tesselle.library.consent_forms import ConsentForm, PeopleForm
from tesselle.library.consent_pages import consent_row, shown_by
from tesselle.library.models import Consent
from tesselle.library.pages import tile
from tesselle.library.services.consenting import change_consent, forget, note_consent, say_who, withdraw
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member

SHOWN = 24


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    today = member.workspace.today()
    rows = [consent_row(one, pictures, today) for one, pictures in consents.register(member.workspace)]
    lacking = consents.lacking(member.workspace.assets.filter(deleted_at=None), today).count()
    return render(request, "library/consents.html", {"rows": rows, "lacking": lacking})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """With `asset` in the address, it is noted for that picture at once."""
    member = member_of(request, Right.WRITE)
    wanted = request.GET.get("asset", "")
    asset = asset_for(member, int(wanted)) if wanted.isdecimal() else None
    form = ConsentForm(
        request.POST if request.method == "POST" else None, initial={"given_on": member.workspace.today()}
    )
    if request.method == "POST" and form.is_valid():
        consent = note_consent(member.workspace, form.said, by=member.user)
        notify(request, _("Noted: %(who)s agreed.") % {"who": consent.who})
        if asset is None:
            return go_to(request, reverse("library:consent", args=[consent.pk]))
        known = [link.consent for link in asset.consents.select_related("consent")]
        say_who(asset, recognisable=True, consents=[*known, consent], by=member.user)
        return go_to(request, reverse("library:media_asset", args=[asset.pk]))
    context = {"form": form, "for_tile": tile(asset) if asset else None}
    return render(request, "library/consent_new.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, consent_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    found = consent_for(member, consent_id)
    form = ConsentForm(request.POST if request.method == "POST" else None, found)
    if request.method == "POST" and form.is_valid():
        change_consent(found, form.said, by=member.user)
        notify(request, _("Saved."))
        return go_to(request, reverse("library:consent", args=[found.pk]))
    return _page(request, member, found, form)


@require_POST
def take_back(request: HttpRequest, consent_id: int) -> HttpResponse:
    """They no longer agree."""
    member = member_of(request, Right.WRITE)
    found = consent_for(member, consent_id)
    withdraw(found, by=member.user)
    notify(request, _("Noted: %(who)s no longer agrees.") % {"who": found.who})
    return go_to(request, reverse("library:consent", args=[found.pk]))


@require_POST
def delete(request: HttpRequest, consent_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    found = consent_for(member, consent_id)
    try:
        forget(found, by=member.user)
    except RuleError as refused:
        return _page(request, member, found, ConsentForm(None, found), say(refused.message))
    notify(request, _("Forgotten. The journal keeps no name."))
    return go_to(request, reverse("library:consents"))


@require_POST
def people(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Who is on this picture."""
    member = member_of(request, Right.WRITE)
    asset = asset_for(member, asset_id)
    form = PeopleForm(request.POST, member.workspace)
    if form.is_valid():
        chosen = list(form.cleaned_data.get("consents", ()))
        say_who(asset, recognisable=form.cleaned_data["recognisable"], consents=chosen, by=member.user)
        notify(request, _("Saved."))
    return go_to(request, reverse("library:media_asset", args=[asset.pk]))


def _page(
    request: HttpRequest, member: Member, found: Consent, form: ConsentForm, error: str = ""
) -> HttpResponse:
    assets = list(consents.assets_with(found))
    context = {
        "consent": found,
        "row": consent_row(found, len(assets), member.workspace.today()),
        "form": form,
        "tiles": [tile(asset) for asset in assets[:SHOWN]],
        "more": max(0, len(assets) - SHOWN),
        "shown": shown_by(member.workspace, assets[:SHOWN]) if found.withdrawn_at else None,
        "error": error,
    }
    status = UNPROCESSABLE if form.errors or error else 200
    return render(request, "library/consent.html", context, status=status)
