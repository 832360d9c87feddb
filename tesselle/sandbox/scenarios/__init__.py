"""Tasks to practise with: a fictional company, an aim stated as figures, a debrief.

Takes: a scenario and a person. Gives: a practice workspace with channels, drafts and pictures, in which
the scenario's events happen on the clock; afterwards what was reached beside what the best plan could have
brought, both worked out from the truth of that world. Promises: no figure of an aim or a debrief is written
down beforehand, except what a person is asked to do.
"""
