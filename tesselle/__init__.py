"""Tesselle: plan, check, publish once, measure, learn and adapt, on every network a company uses."""

__version__ = "0.1.0"
