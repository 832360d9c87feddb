"""Time and money spent, and what a request for a quote costs by them."""
