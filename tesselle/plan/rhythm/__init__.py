"""Rhythm: reading the calendar elsewhere, planning many posts at once, posts that come again."""
