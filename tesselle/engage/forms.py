from django import forms
from django.utils.translation import pgettext_lazy


class AnswerForm(forms.Form):
    """`to`: the remote id of the comment that is answered."""

    to = forms.CharField(widget=forms.HiddenInput, max_length=400)
    text = forms.CharField(
        label=pgettext_lazy("comment", "Your answer"),
        widget=forms.Textarea({"rows": 3}),
        max_length=10_000,
    )


class CommentForm(forms.Form):
    """`to`: the remote id of one comment; none: all that wait."""

    to = forms.CharField(required=False, max_length=400)
