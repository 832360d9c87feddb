"""For whoever runs the server: starting, stopping, looking after. Thin commands over the floors below."""
