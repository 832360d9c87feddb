"""What review tells whoever stands above it. Sent inside the transaction."""

from django.dispatch import Signal

yes_wanted = Signal()
"""With `revision` and `user_ids`: members whose turn it newly is."""

answered = Signal()
"""With `answer`, its revision and post there with it: a yes, or what is to be changed."""

commented = Signal()
"""With `comment` and `mentioned`: the ids of the members it names."""
