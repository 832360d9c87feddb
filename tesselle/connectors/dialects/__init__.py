"""What several networks have in common: a way of speaking, not a parent class."""
