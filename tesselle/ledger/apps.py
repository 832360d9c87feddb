from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tesselle.ledger"

    def ready(self) -> None:
        from tesselle.audience.signals import subscriber_erased
        from tesselle.channels import checkup
        from tesselle.channels.signals import channel_changed
        from tesselle.compose.signals import revision_made
        from tesselle.ledger import journal_words
        from tesselle.ledger.self_checks import quota_left
        from tesselle.ledger.services.actor import wake_workers
        from tesselle.ledger.services.forgetting import forget_recipient
        from tesselle.ledger.services.planning import follow_revision

        def follow(*, revision: object, **_: object) -> None:
            follow_revision(revision)  # type: ignore[arg-type]  # signals carry objects

        def wake(**_: object) -> None:
            wake_workers()

        journal_words.tell()
        checkup.register("quota", quota_left)
        subscriber_erased.connect(forget_recipient, dispatch_uid="ledger.subscriber_erased")
        channel_changed.connect(wake, weak=False, dispatch_uid="ledger.channel_changed")
        revision_made.connect(follow, weak=False, dispatch_uid="ledger.follow_revision")
