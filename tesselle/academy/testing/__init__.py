"""The guided project: aim, plan, run, read, adapt and debrief, in a scenario of the practice mode.

Takes: a path and a scenario. Gives: six steps, each done in the product and found there; what was found goes
into the report, and the time into the account. Promises: no step is done because somebody says so.
"""
