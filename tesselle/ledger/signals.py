"""What the ledger tells whoever stands above it."""

from django.dispatch import Signal

delivery_planned = Signal()
"""Sent inside the transaction, with `delivery`: a post has its time on a channel."""
