"""Asking ahead for the files that networks will be sent, so that they lie ready at their hour."""

from tesselle.domain.content import Content
from tesselle.domain.fitting import as_known, limit_of, recipe_for
from tesselle.domain.limits import Limits
from tesselle.library.models import Asset, Rendition
from tesselle.library.selectors import assets_by_file
from tesselle.workspaces.models import Workspace


def ask_for_renditions(workspace: Workspace, content: Content, limits: Limits) -> int:
    """A worker makes what is not there yet; returns how many were asked for. Asking again is free.

    A film still being prepared is left out: its weight is not known, and whoever sends it asks then.
    """
    limits = limits.of(content.format)
    assets = assets_by_file(workspace, (media.asset for media in content.media))
    wanted = []
    for media in content.media:
        asset, limit = assets.get(media.asset), limit_of(media, limits)
        if asset is None or limit is None or asset.state != Asset.State.READY:
            continue
        recipe = recipe_for(as_known(media, asset.as_media()), limit)
        if recipe is not None:
            wanted.append(Rendition(asset=asset, key=recipe.key, recipe=recipe.to_json()))
    return len(Rendition.objects.bulk_create(wanted, ignore_conflicts=True))
