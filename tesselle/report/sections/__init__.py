"""The parts of a report, each worded by rules from what was measured, noted, found and decided."""
