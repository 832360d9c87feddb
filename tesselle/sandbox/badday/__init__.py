"""A bad day of a simulated network, switched on and off by a person or by a scenario's calendar.

Takes: what goes wrong, on which network of a practice workspace, from when until when on its clock.
Gives: that network's fault script in every process, for as long as it lasts. Promises: it is told on
every page while it lasts, and a real network is never touched.
"""
