"""What the audience tells whoever stands above it. Sent inside the transaction."""

from django.dispatch import Signal

subscriber_erased = Signal()
"""With `recipient` (the number that stood for the address) and `address`: nothing of it may stay."""
