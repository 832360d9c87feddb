"""The driver's hands in the product: a workspace, channels on the sandboxes, deliveries due at once."""

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from PIL import Image

from tesselle.audience.models import MailingList, Subscriber
from tesselle.channels import services as channel_services
from tesselle.channels.choices import first_choices
from tesselle.channels.models import Channel, SwitchedOn
from tesselle.channels.switches import with_a_switch
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.card import Ability
from tesselle.connectors.protocols import Identity
from tesselle.domain.content import FIRST_COMMENT, FORMAT, Content, Media
from tesselle.domain.verdicts import ReconciliationKind
from tesselle.ledger.models import Delivery, Purpose, Worker, installation
from tesselle.ledger.services import planning
from tesselle.networks import plugin
from tesselle.ops.chaos.clock import DatabaseClock
from tesselle.ops.chaos.expected import BEST, FORMATS, best_kind
from tesselle.ops.chaos.sandbox_client import SandboxClient
from tesselle.ops.chaos.scenarios import ACTS, Scenario
from tesselle.ops.chaos.unfinished import Why
from tesselle.publish.changing import plan_deletion, plan_edit
from tesselle.workspaces.models import Workspace

OPTIONS: dict[tuple[str, str], dict[str, Any]] = {
    ("mastodon", "gotosocial"): {"kind": "gotosocial"},
    ("telegram", "alone"): {"discussion": False},
    ("linkedin", "member"): {"kind": "member"},
}
KNOWN_BY_LINK = frozenset({"google_business"})
"""Where words alone could be somebody's own, and a person would be asked after each doubt."""
READERS = 3
"""On each list: one whom the fault hits, and others who must get theirs all the same."""
PICTURE = "chaos.png"
PHOTO = "chaos.jpg"
FILM = "chaos.mp4"


@dataclass(slots=True)
class Actor:
    """One scenario on the stage: its channel, its account there, its delivery once planned. `why`: what kept it
    from coming to rest."""

    scenario: Scenario
    channel: Channel
    identity: Identity
    account: str
    delivery_id: int = 0
    subject_id: int = 0
    readers: tuple[str, ...] = ()
    event_fired: bool = False
    reconnected: bool = False
    state: str = ""
    why: Why | None = None

    @property
    def subject_text(self) -> str:
        return f"sujet {self.scenario.number:04d}"

    @property
    def subject_texts(self) -> tuple[str, ...]:
        """What is changed or taken down is a thread, where the network has such."""
        threads = "part" in BEST[self.scenario.network, self.scenario.profile]
        if self.scenario.step not in ACTS or not threads:
            return (self.subject_text,)
        return (self.subject_text, f"suite {self.scenario.number:04d}")

    @property
    def new_texts(self) -> tuple[str, ...]:
        """Its words after an edit."""
        return (self.scenario.marker, f"fin {self.scenario.number:04d}")[: len(self.subject_texts)]


class Stage:
    def __init__(self, sandboxes: SandboxClient) -> None:
        installation()
        self.sandboxes = sandboxes
        self.workspace = Workspace.objects.create(name="Chaos", world_kind=Workspace.WorldKind.REAL)
        # Chaos spares no network, those neither that ship switched off.
        SwitchedOn.objects.bulk_create(SwitchedOn(network=one.slug) for one in with_a_switch())
        self.clock = DatabaseClock()
        self.clock.install()
        self._photo = _photo(Path(settings.ENVIRONMENT.media_folder) / PHOTO)
        self._film = _film(Path(settings.ENVIRONMENT.media_folder) / FILM)
        self._picture = _picture(Path(settings.ENVIRONMENT.media_folder) / PICTURE)

    def actor(self, scenario: Scenario) -> Actor:
        options = OPTIONS.get((scenario.network, scenario.profile), {})
        opened = self.sandboxes.open_account(scenario.network, f"chantier{scenario.number:04d}", options)
        identity = channel_services.try_connection(
            workspace=self.workspace, network=scenario.network, answers=opened["answers"]
        )
        channel = channel_services.connect(
            workspace=self.workspace, network=scenario.network, identity=identity, by=None
        )
        return Actor(scenario, channel, identity, opened["id"], readers=self._readers(scenario, channel))

    def _readers(self, scenario: Scenario, channel: Channel) -> tuple[str, ...]:
        """Who is on the channel's list, where it goes to one."""
        if Ability.SUBSCRIBERS not in plugin(scenario.network).card.abilities:
            return ()
        addresses = tuple(f"lecteur{place}.{scenario.number:04d}@example.org" for place in range(READERS))
        mailing_list = MailingList.objects.get(workspace=self.workspace, key=channel.remote_id)
        Subscriber.objects.bulk_create(
            Subscriber(
                mailing_list=mailing_list,
                address=address,
                state=Subscriber.State.CONFIRMED,
                way=Subscriber.Way.HAND,
            )
            for address in addresses
        )
        return addresses

    def reconnect(self, actor: Actor) -> None:
        """A person signs in again after the network withdrew its token."""
        actor.reconnected = True
        channel_services.connect(
            workspace=self.workspace,
            network=actor.scenario.network,
            identity=actor.identity,
            by=None,
            channel=actor.channel,
        )

    def arm(self, actor: Actor) -> None:
        for index, met in enumerate(actor.scenario.faults):
            self.sandboxes.ask(
                "POST",
                "faults",
                {
                    "network": actor.scenario.network,
                    "operation": met.operation,
                    "effect": met.effect,
                    "times": met.times,
                    "skip": met.skip,
                    "seconds": met.seconds,
                    "account": "" if met.any_account else actor.account,
                    "name": f"{actor.scenario.number}:{index}",
                },
            )

    # planning

    def plan_subject(self, actor: Actor) -> None:
        """What will be answered, changed or deleted."""
        text, *parts = actor.subject_texts
        actor.subject_id = self._plan(actor, Content(text=text, parts=tuple(parts))).pk

    def plan(self, actor: Actor) -> None:
        scenario = actor.scenario
        match scenario.step:
            case "answer" | "edit" | "delete":
                actor.delivery_id = self._act(actor).pk
            case "part":
                content = Content(text=actor.subject_text, parts=(scenario.marker,))
                actor.delivery_id = self._plan(actor, content).pk
            case "comment":
                content = Content(text=actor.subject_text, options={FIRST_COMMENT: scenario.marker})
                actor.delivery_id = self._plan(actor, content).pk
            case _:
                media = (self._picture,) if scenario.image else ()
                content = Content(text=scenario.marker, media=media)
                actor.delivery_id = self._plan(actor, content).pk

    def _complete(self, actor: Actor, content: Content) -> Content:
        """With a title, a picture or film and the choices that the network cannot do without."""
        network = plugin(actor.scenario.network)
        wanted = FORMATS.get((actor.scenario.network, actor.scenario.profile), "")
        limits = network.connector.limits(actor.channel.account()).of(wanted)
        needs = limits.needs
        file = self._photo if limits.image is not None else self._film
        media = content.media or (() if {"text", "title", "video"} & set(needs) else (file,))
        media = (self._film, *media) if "video" in needs else media
        chosen = {**first_choices(actor.channel), **({FORMAT: wanted} if wanted else {}), **content.options}
        title = content.text if limits.title is not None and limits.title.minimum else content.title
        link = "https://chantier.example/" if network.card.slug in KNOWN_BY_LINK else content.link
        return replace(content, title=title, link=link, media=media, options=chosen)

    def _plan(self, actor: Actor, content: Content) -> Delivery:
        content = self._complete(actor, content)
        post = save_post(
            workspace=self.workspace, author=None, shared=content, wordings=(Wording(actor.channel),)
        )
        assert post.current is not None
        variant = post.current.variants.select_related("channel", "revision").get()
        return planning.plan_delivery(
            variant=variant, due_at=self.workspace.now(), local_at="", zone="", by=None
        )

    def _act(self, actor: Actor) -> Delivery:
        subject = Delivery.objects.get(pk=actor.subject_id)
        match actor.scenario.step:
            case "edit":
                return plan_edit(subject, actor.new_texts, by=None)
            case "delete":
                return plan_deletion(subject, by=None)
        return planning.plan_act(
            channel=subject.channel,
            subject=subject,
            purpose=Purpose.ANSWER,
            target=subject.remote or {},
            content=Content(text=actor.scenario.marker),
            now=self.workspace.now(),
            by=None,
        )

    # looking

    def states(self, ids: Iterable[int]) -> dict[int, str]:
        return dict(Delivery.objects.filter(pk__in=list(ids)).values_list("pk", "state"))

    def workers_of(self, pid: int) -> int:
        """How many identities a process has taken on so far."""
        return Worker.objects.filter(pid=pid).count()

    def end_worker_sessions(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'tesselle worker'"
            )


def declared_worse(actors: Sequence[Actor]) -> list[str]:
    """Steps for which a connector says `none` where the network's page allows better."""
    worse = set()
    for actor in actors:
        scenario = actor.scenario
        declared = plugin(scenario.network).connector.reconciliation(scenario.step, actor.channel.account())
        best = best_kind(scenario.network, scenario.profile, scenario.step)
        if declared.kind is ReconciliationKind.NONE and best != "none":
            worse.add(f"{scenario.network} declares none for {scenario.step}, its page allows {best}")
    return sorted(worse)


def _picture(path: Path) -> Media:
    """A grey square, 64 by 64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\x00" + b"\x80" * 64 for _ in range(64))
    header = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
    path.write_bytes(content + chunk(b"IEND", b""))
    return Media("image", "image/png", path.stat().st_size, 64, 64, alt="Un carreau gris", asset=PICTURE)


def _photo(path: Path) -> Media:
    """The same as a JPEG, for networks that take nothing else."""
    Image.new("L", (64, 64), 128).save(path, "JPEG")
    return Media("image", "image/jpeg", path.stat().st_size, 64, 64, alt="Un carreau gris", asset=PHOTO)


def _film(path: Path) -> Media:
    """The head of an MP4 with nothing in it: sandboxes look no further."""
    path.write_bytes(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x00\x08mdat")
    return Media("video", "video/mp4", path.stat().st_size, 1080, 1920, 10.0, asset=FILM)
