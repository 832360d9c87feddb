"""The channels of a workspace, one channel's page, and what is done with it."""

from tesselle.channels.views.channel import (
    detail,
    disconnect,
    index,
    pause,
    resume,
    save_settings,
    self_test,
)

__all__ = ["detail", "disconnect", "index", "pause", "resume", "save_settings", "self_test"]
