"""Worlds to choose from, and what each is there to teach.

Takes: a practice workspace and a person's own conclusion. Gives: which world it is, what was to be
discovered, and the truth beside what the findings and an average by hour say. Promises: nothing of it is
told before the conclusion stands, and a conclusion that stands is not changed.
"""
