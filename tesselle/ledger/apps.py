from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tesselle.ledger"

    def ready(self) -> None:
        from tesselle.compose.signals import revision_made
        from tesselle.ledger.services.planning import follow_revision

        def follow(*, revision: object, **_: object) -> None:
            follow_revision(revision)  # type: ignore[arg-type]  # signals carry objects

        revision_made.connect(follow, weak=False, dispatch_uid="ledger.follow_revision")
