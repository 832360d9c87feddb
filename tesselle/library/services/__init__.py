"""Taking files in, changing what is said of them, having others made of them."""

from tesselle.library.services.asking import ask_for_renditions
from tesselle.library.services.uploading import add_upload

__all__ = ["add_upload", "ask_for_renditions"]
