"""Tesselle on the home screen: the manifest, the service worker, and what is shown without a network."""
