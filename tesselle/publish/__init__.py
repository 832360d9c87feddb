"""Dispatch, sending, settling, verifying.

Takes: due deliveries. Gives: outcomes, written in the ledger. Promises: never twice, never lost.
"""
