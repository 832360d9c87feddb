"""One thin module per command: `arguments` declares, `run` does and returns the exit status."""
