"""Text as the networks count it, cut it and find names and addresses in it."""

from tesselle.domain.text.counting import count, graphemes
from tesselle.domain.text.cutting import shorten, split_into_thread

__all__ = ["count", "graphemes", "shorten", "split_into_thread"]
