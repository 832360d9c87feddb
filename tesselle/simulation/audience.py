"""A modest audience for practice worlds: figures that grow with a post's age, and a few comments.

A stand-in, not a model: it knows neither the hour, nor what the post says, nor its pictures, so
nothing can be learnt from it about what works. Everything is a pure function of seed, network,
post and age: nothing has to run, and neither restarts nor the order of reading change a number.
"""

import hashlib
import math
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from tesselle.simulation.network import Reaction, SimAccount, SimPost

SHAPE = 0.6
"""Of the Weibull curve by which attention decays: quick at first, with a long tail."""

SHARES = {"reactions": 0.66, "comments": 0.12, "shares": 0.12, "saves": 0.05, "clicks": 0.05}

AUTHORS = (
    "Ninon B.", "Aurèle T.", "Sélène M.", "Ilan P.", "Maïa R.", "Théo V.", "Odile C.", "Bastien G.",
    "Lorine D.", "Yanis F.", "Capucine J.", "Romain S.",
)  # fmt: skip
REMARKS = (
    "Magnifique travail, bravo à toute l’équipe !",
    "Quelle belle teinte. C’est du grès cérame ?",
    "On pense refaire notre salle de bains l’an prochain : combien de temps faut-il compter ?",
    "Très propre, ces coupes d’onglet.",
    "Est-ce que cela tient aussi dehors, avec le gel ?",
    "Le résultat est superbe, on dirait une autre pièce.",
    "Vous vous déplacez jusqu’à Nyon ?",
    "Nous sommes ravis de notre cuisine, merci encore !",
    "Quelle largeur de joint avez-vous choisie ?",
    "Peut-on voir ce modèle au dépôt ?",
    "Bon conseil, je ne le savais pas.",
    "J’ai laissé un message lundi et j’attends toujours votre rappel…",
    "Le calepinage est parfait, chapeau.",
    "Et pour l’entretien, que conseillez-vous ?",
    "Ces motifs me rappellent la maison de ma grand-mère.",
    "Est-ce compatible avec un chauffage au sol ?",
)


@dataclass(frozen=True, slots=True)
class Temper:
    """What `audience.toml` says of one network."""

    half_life_h: float
    reach: float
    acts: float
    luck: float

    @property
    def scale_h(self) -> float:
        return self.half_life_h / math.pow(math.log(2), 1 / SHAPE)

    def seen_after(self, hours: float) -> float:
        """The share of its final attention that a post has after so many hours: 0 to 1."""
        return 1 - math.exp(-math.pow(max(hours, 0.0) / self.scale_h, SHAPE))

    def hours_until(self, share: float) -> float:
        return self.scale_h * math.pow(-math.log(1 - share), 1 / SHAPE)


@cache
def temper_of(slug: str) -> Temper:
    table = tomllib.loads((Path(__file__).parent / "audience.toml").read_text())
    return Temper(**table.get(slug, table["others"]))


@dataclass(frozen=True, slots=True)
class Audience:
    """The hook of a `SimulatedNetwork`."""

    slug: str
    seed: str

    def __call__(self, post: SimPost, now: datetime) -> Reaction:
        if post.draft or post.removed or post.parent_id:
            return Reaction()
        temper = temper_of(self.slug)
        seen = temper.seen_after((now - post.visible_at).total_seconds() / 3600)
        reach = temper.reach * self._fortune(post, temper.luck)
        figures = {"reach": int(reach * seen), "impressions": int(1.4 * reach * seen)}
        for name in SHARES:
            figures[name] = int(self._ever(post, name, reach) * seen + self._draw(post, f"start {name}"))
        return Reaction(figures, tuple(self._comments(post, temper, figures["comments"], reach)))

    def account(self, account_id: str) -> SimAccount | None:
        number = account_id.removeprefix("audience")
        if number == account_id or not number.isdecimal() or int(number) >= len(AUTHORS):
            return None
        return SimAccount(account_id, account_id, AUTHORS[int(number)])

    def _ever(self, post: SimPost, name: str, reach: float) -> int:
        """How many of that kind the post gets in all its life."""
        expected = reach * temper_of(self.slug).acts * SHARES[name]
        return int(expected + self._draw(post, f"ever {name}"))

    def _comments(self, post: SimPost, temper: Temper, count: int, reach: float) -> list[SimPost]:
        ever, start = self._ever(post, "comments", reach), self._draw(post, "start comments")
        first = int(self._draw(post, "remark") * len(REMARKS))
        made = []
        for number in range(1, count + 1):
            share = min(max((number - start) / ever, 0.0), 0.999)
            at = post.visible_at + timedelta(hours=temper.hours_until(share))
            author = int(self._draw(post, f"author {number}") * len(AUTHORS))
            made.append(
                SimPost(
                    id=f"{post.id}~{number}",
                    account_id=f"audience{author}",
                    text=REMARKS[(first + 5 * number) % len(REMARKS)],
                    created_at=at,
                    visible_at=at,
                    parent_id=post.id,
                    data={"author": AUTHORS[author]},
                )
            )
        return made

    def _fortune(self, post: SimPost, spread: float) -> float:
        """Around 1, with a heavy tail: Student's t with five degrees of freedom."""
        normal = [self._normal(post, f"fortune {index}") for index in range(6)]
        t = normal[0] / math.sqrt(sum(one * one for one in normal[1:]) / 5)
        return math.exp(min(max(0.75 * spread * t, -2.0), 3.0))

    def _normal(self, post: SimPost, purpose: str) -> float:
        radius = math.sqrt(-2 * math.log(1 - self._draw(post, purpose)))
        return radius * math.cos(2 * math.pi * self._draw(post, f"{purpose} angle"))

    def _draw(self, post: SimPost, purpose: str) -> float:
        """Always the same number in [0, 1) for the same post and purpose."""
        words = "\x1f".join((self.seed, self.slug, post.id, purpose))
        return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=6).digest()) / (1 << 48)
