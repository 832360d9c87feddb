"""The path with another tool than ours: one's own lessons, and results that come as a table."""
