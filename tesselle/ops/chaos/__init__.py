"""Chaos: the real worker processes against the sandboxes, killed, stopped and cut off; then counted.

Takes: a number of scenarios. Gives: how many posts were lost, doubled, left unfinished or doubtful.
"""
