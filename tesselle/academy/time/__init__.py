"""Planned against actual hours, a stopwatch, and the journal of difficulties."""
