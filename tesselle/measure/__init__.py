"""Counting: metric snapshots, their freshness and their gaps.

Takes: what went out. Gives: what the networks tell of it, each figure with its instant.
Promises: missing is not zero; a figure is never invented.
"""
