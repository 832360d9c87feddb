"""Acting: what the figures suggest to change, decided by a person, undone in one click, judged at its date.

Takes: a run of `learn`. Gives: suggestions, and for each that was accepted a decision with its evidence,
what was expected of it, and later whether that came true. Promises: nothing changes without a person.
"""
