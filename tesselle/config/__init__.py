"""Wiring only: settings, addresses, the way in for servers."""
