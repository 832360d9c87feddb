from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


def _note_post(*, revision: Any, **_more: Any) -> None:
    from tesselle.links.services import note_post

    note_post(revision)


class LinksConfig(AppConfig):
    name = "tesselle.links"

    def ready(self) -> None:
        from tesselle.compose import finishing, higher_acts
        from tesselle.compose.signals import revision_made
        from tesselle.links import journal_words
        from tesselle.links.finishing import ACT, composer_panel, for_channel
        from tesselle.web import navigation, panels

        journal_words.tell()
        finishing.register(for_channel)
        higher_acts.register(ACT)
        panels.register("composer.links", composer_panel)
        navigation.register(
            navigation.Entry(gettext_lazy("Visits"), "links:links", icon="figures", order=36, group="figures")
        )
        revision_made.connect(_note_post, dispatch_uid="links.note_post")
