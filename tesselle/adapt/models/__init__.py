"""Suggestions and decisions, and experiments that settle what figures alone cannot."""

from tesselle.adapt.models.decisions import Decision, Suggestion
from tesselle.adapt.models.trials import Experiment, Pair

__all__ = ["Decision", "Experiment", "Pair", "Suggestion"]
