"""Append-only record: who did what, when, and what came of it.

Takes: a verb, a subject and names. Gives: the story of anything. Keeps ids, not foreign keys: it
outlives what it tells of. Promises: no row is ever changed.
"""
