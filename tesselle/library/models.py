"""What was uploaded, and what is made of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tesselle.domain.content import Media, kind_of
from tesselle.domain.messages import Message
from tesselle.library.refusals import PASSING, message_of
from tesselle.workspaces.models import User, Workspace


class Album(models.Model):
    """The pictures of one job site, or of whatever belongs together. A picture is in one at most."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="albums")
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="albums_have_own_names")]

    def __str__(self) -> str:
        return self.name


class Licence(models.TextChoices):
    """By which right we may show it."""

    UNSAID = "", pgettext_lazy("licence", "not said")
    OWN = "own", pgettext_lazy("licence", "taken by us")
    GIVEN = "given", pgettext_lazy("licence", "used with the author’s permission")
    BOUGHT = "bought", pgettext_lazy("licence", "bought, or from a supplier’s catalogue")
    FREE = "free", pgettext_lazy("licence", "free licence (such as Creative Commons)")


class Asset(models.Model):
    """One picture, film or document. `file` names what is shown and sent, below the store; its bytes are
    there once the asset is ready. `sha256` is of the kept original.

    The table has one column more, `search_words`, which the database keeps by itself (`search`).
    """

    class Kind(models.TextChoices):
        IMAGE = "image"
        VIDEO = "video"
        DOCUMENT = "document"

    class State(models.TextChoices):
        READY = "ready"
        PREPARING = "preparing"
        FAILED = "failed"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="assets")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    mime = models.CharField(max_length=60)
    file = models.FileField(max_length=300)
    original = models.CharField(max_length=300, blank=True, default="", db_default="")
    original_name = models.CharField(max_length=200)
    size_bytes = models.BigIntegerField()
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    seconds = models.FloatField(default=0)
    pages = models.PositiveSmallIntegerField(default=0, db_default=0)
    fps = models.FloatField(default=0, db_default=0)
    codec = models.CharField(max_length=20, blank=True, default="", db_default="")
    # Of a film: [start, end, text] in seconds (`captions.Cue`).
    captions = models.JSONField(default=list, db_default=[], blank=True)
    sha256 = models.CharField(max_length=64)
    alt = models.TextField(blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, db_default=[], blank=True)
    album = models.ForeignKey(Album, null=True, on_delete=models.SET_NULL, related_name="assets")
    credit = models.CharField(max_length=120, blank=True, default="", db_default="")
    licence = models.CharField(
        max_length=6, choices=Licence.choices, blank=True, default=Licence.UNSAID, db_default=""
    )
    # Somebody, or somebody's home: it is shown with their consent only.
    recognisable = models.BooleanField(default=False, db_default=False)
    # What it looks like from far (`decode.alike`), and the id of the first of those that look nearly the same.
    look = models.BigIntegerField(null=True)
    alike = models.BigIntegerField(null=True)
    focal_x = models.FloatField(default=0.5, db_default=0.5)
    focal_y = models.FloatField(default=0.5, db_default=0.5)
    state = models.CharField(max_length=9, choices=State.choices, default=State.READY, db_default=State.READY)
    progress = models.PositiveSmallIntegerField(default=0, db_default=0)
    trouble = models.CharField(max_length=20, blank=True, default="", db_default="")
    # A document bound of pictures, a picture that is a page of a document, one made of two, ...
    made_of = models.ManyToManyField("self", symmetrical=False, related_name="became")
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["workspace", "alike"], name="asset_by_look", condition=models.Q(alike__isnull=False)
            ),
            models.Index(fields=["workspace", "sha256"], name="asset_by_content"),
            models.Index(fields=["workspace", "-uploaded_at", "-id"], name="asset_by_age"),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def path(self) -> str:
        """The file's name in the store."""
        return str(self.file.name)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def may_be_tried_again(self) -> bool:
        """It failed, and not for what is in its file."""
        return self.state == self.State.FAILED and self.trouble in PASSING

    @property
    def trouble_message(self) -> Message | None:
        """Why it cannot be used, in a sentence."""
        return message_of(self.trouble, self.original_name) if self.trouble else None

    def as_media(self, alt: str | None = None) -> Media:
        return Media(
            kind=kind_of(self.kind),
            mime=self.mime,
            size_bytes=self.size_bytes,
            width_px=self.width_px,
            height_px=self.height_px,
            seconds=self.seconds,
            alt=self.alt if alt is None else alt,
            asset=str(self.file.name),
            fps=self.fps,
            codec=self.codec,
            focal_x=self.focal_x,
            focal_y=self.focal_y,
            pages=self.pages,
        )


class Consent(models.Model):
    """What one person agreed to: about their own picture, or that of their home.

    `networks`: slugs; empty: all. `until`: the last day; None: no end was agreed. `proof`: how they
    agreed, and where that is kept.
    """

    class Concerns(models.TextChoices):
        PERSON = "person", pgettext_lazy("consent", "Somebody who can be recognised")
        HOME = "home", pgettext_lazy("consent", "Somebody’s home")
        COLLEAGUE = "colleague", pgettext_lazy("consent", "Somebody who works with us")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="consents")
    who = models.CharField(max_length=120)
    concerns = models.CharField(max_length=9, choices=Concerns.choices)
    agreed = models.TextField()
    networks = ArrayField(models.CharField(max_length=40), default=list, db_default=[], blank=True)
    proof = models.CharField(max_length=200, blank=True, default="", db_default="")
    given_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["workspace", "who"], name="consent_by_name")]

    def __str__(self) -> str:
        return self.who


class ConsentOnAsset(models.Model):
    """This person, or this home, is on that picture."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="shown_on")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="consents")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "asset"], name="shown_on_it_once")]

    def __str__(self) -> str:
        return f"{self.consent_id} on {self.asset_id}"


class Rendition(models.Model):
    """A file that is made of an asset, and the work of making it: the row is the job.

    `key` empty: the film that is kept. Taken under a lease: whoever holds `token` writes.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        WORKING = "working"
        READY = "ready"
        FAILED = "failed"

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="renditions")
    key = models.CharField(max_length=16, blank=True)
    recipe = models.JSONField(default=dict, db_default={})
    state = models.CharField(
        max_length=7, choices=State.choices, default=State.WAITING, db_default=State.WAITING
    )
    progress = models.PositiveSmallIntegerField(default=0, db_default=0)
    trouble = models.CharField(max_length=20, blank=True, default="", db_default="")
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    token = models.UUIDField(null=True, default=None)
    lease_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(db_default=Now())
    made_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=300, blank=True, default="", db_default="")
    mime = models.CharField(max_length=60, blank=True, default="", db_default="")
    size_bytes = models.BigIntegerField(default=0, db_default=0)
    width_px = models.PositiveIntegerField(default=0, db_default=0)
    height_px = models.PositiveIntegerField(default=0, db_default=0)
    seconds = models.FloatField(default=0, db_default=0)
    fps = models.FloatField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "key"], name="rendition_once")]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="rendition_to_make",
                condition=models.Q(state__in=["waiting", "working"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.asset_id}:{self.key or 'film'} {self.state}"


class Brand(models.Model):
    """What a workspace puts on pictures when somebody asks for it: nothing happens by itself."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="brand")
    logo = models.ForeignKey(Asset, null=True, on_delete=models.SET_NULL, related_name="+")
    corner = models.CharField(max_length=12, default="bottom-right")
    share = models.PositiveSmallIntegerField(default=18)
    opacity = models.PositiveSmallIntegerField(default=80)

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.logo_id}"


class ReachTest(models.Model):
    """What came of it when our own test picture was last fetched from an address (`standing`)."""

    origin = models.CharField(max_length=300, primary_key=True)
    ok = models.BooleanField()
    sentence = models.TextField()
    params = models.JSONField(default=dict)
    tested_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.origin}: {self.ok}"
