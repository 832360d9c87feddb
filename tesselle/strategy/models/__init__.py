"""What a workspace aims at, for whom it writes, how often, and how it speaks."""

from tesselle.strategy.models.aims import KINDS, Aimed, Campaign, Hue, Objective, Pillar
from tesselle.strategy.models.beginning import Beginning
from tesselle.strategy.models.voice import Cadence, EditorialLine, Persona

__all__ = [
    "KINDS",
    "Aimed",
    "Beginning",
    "Cadence",
    "Campaign",
    "EditorialLine",
    "Hue",
    "Objective",
    "Persona",
    "Pillar",
]
