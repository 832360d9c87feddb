"""The channels of a workspace, one channel's page, and what is done with it."""

from tesselle.channels.views.channel import (
    detail,
    disconnect,
    index,
    pause,
    resume,
    run_self_test,
    save_settings,
    take_back,
)

__all__ = [
    "detail",
    "disconnect",
    "index",
    "pause",
    "resume",
    "run_self_test",
    "save_settings",
    "take_back",
]
