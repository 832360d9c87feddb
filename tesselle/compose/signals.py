"""What compose tells whoever stands above it."""

from django.dispatch import Signal

revision_made = Signal()
"""Sent inside the transaction, with `revision`, after a new revision became the current one."""
