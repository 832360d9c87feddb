"""Accounts connected on a network, their credentials and their health.

Takes: what a person typed into the wizard. Gives: `Account` values for connectors.
Promises: secrets are encrypted at rest, and the same channel is always the same remote account.
"""
