"""The report of a month or a campaign: what was done, what came of it, what we learned, what we change.

Takes: roll-ups, findings, decisions. Gives: one document, as a page, a PDF and a Word file. Promises:
nothing stands in it that the data do not carry.
"""
