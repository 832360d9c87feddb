"""Figures to hold, printed by commands; nothing here is a test."""
