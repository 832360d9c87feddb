"""What channels tell whoever stands above them."""

from django.dispatch import Signal

channel_changed = Signal()
"""Sent inside the transaction, with `channel` and the journal's `verb`."""
