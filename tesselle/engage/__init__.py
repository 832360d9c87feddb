"""Comments on what went out, and the answers to them, sent through the ledger."""
