"""The page of snippets and groups of hashtags."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.compose.models import Snippet
from tesselle.compose.snippets import as_hashtags, save_snippet, set_removed, snippets_of
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


class SnippetForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    class Meta:
        model = Snippet
        fields = ["name", "kind", "body"]
        labels = {
            "name": pgettext_lazy("of a snippet", "Name"),
            "kind": gettext_lazy("What it is"),
            "body": gettext_lazy("Words"),
        }
        help_texts = {"body": gettext_lazy("Hashtags with or without #, one behind the other.")}
        widgets = {"body": forms.Textarea({"rows": 4})}

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            (Snippet.Kind.TEXT, _("A text")),
            (Snippet.Kind.HASHTAGS, _("A group of hashtags")),
        ]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if self.cleaned_data.get("kind") == Snippet.Kind.HASHTAGS and not as_hashtags(body):
            raise forms.ValidationError(_("Write at least one hashtag."))
        return body


@require_GET
def snippets(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request, Right.WRITE), SnippetForm())


def _page(
    request: HttpRequest,
    member: Member,
    form: SnippetForm,
    *,
    changed: Snippet | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"snippets": snippets_of(member.workspace), "form": form, "changed": changed}
    return render(request, "compose/snippets.html", context, status=status)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    form = SnippetForm(request.POST, instance=Snippet(workspace=member.workspace))
    if not form.is_valid():
        return _page(request, member, form, status=UNPROCESSABLE)
    snippet = save_snippet(form.save(commit=False), by=member.user)
    notify(request, _("“%(name)s” can be inserted in the composer now.") % {"name": snippet.name})
    return go_to(request, reverse("compose:snippets"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, snippet_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    snippet = _snippet_of(member, snippet_id)
    if request.method == "GET":
        return _page(request, member, SnippetForm(instance=snippet), changed=snippet)
    form = SnippetForm(request.POST, instance=snippet)
    if not form.is_valid():
        return _page(request, member, form, changed=snippet, status=UNPROCESSABLE)
    save_snippet(form.save(commit=False), by=member.user)
    notify(request, _("Saved. Posts in which it stands already stay as they are."))
    return go_to(request, reverse("compose:snippets"))


@require_POST
def remove(request: HttpRequest, snippet_id: int) -> HttpResponse:
    """Or bring it back (`back`, the undo)."""
    member = member_of(request, Right.WRITE)
    snippet = _snippet_of(member, snippet_id)
    is_undo = "back" in request.GET
    set_removed(snippet, not is_undo, by=member.user)
    if not is_undo:
        undo = f"{reverse('compose:remove_snippet', args=[snippet.pk])}?back"
        notify(request, _("“%(name)s” is removed.") % {"name": snippet.name}, undo_url=undo)
    return go_to(request, reverse("compose:snippets"))


def _snippet_of(member: Member, snippet_id: int) -> Snippet:
    return get_object_or_404(Snippet, pk=snippet_id, workspace=member.workspace)
