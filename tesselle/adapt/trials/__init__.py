"""Experiments: one question, two arms, pairs of posts; a coin decides, and it may be looked at always."""
