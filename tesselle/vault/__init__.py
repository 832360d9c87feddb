"""Where secrets are sealed before they reach the database.

Takes: a mapping of words. Gives: a text that only this installation's keys open. Knows no feature.
"""
