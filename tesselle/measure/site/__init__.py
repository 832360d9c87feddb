"""Visits to the website as its own statistics count them: told apart by source, and never added to ours."""
