"""What workspaces tell whoever stands above them. Sent inside the transaction."""

from django.dispatch import Signal

workspace_deleted = Signal()
"""With `workspace`, its `deleted_at` set, and `by`: nothing of it may leave any more."""

workspace_restored = Signal()
"""With `workspace`, `deleted_at` (when it had been deleted) and `by`."""
