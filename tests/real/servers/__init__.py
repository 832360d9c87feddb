"""Real servers of other people's making, started for a test run and gone after it."""
