"""Experiments: one question, two arms, pairs of posts; a coin decides, and the proof may be looked at always."""
