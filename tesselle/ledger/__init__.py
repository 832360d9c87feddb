"""Deliveries, steps, attempts: everything irreversible goes through here, once.

Takes: a variant, a channel and an instant. Gives: one delivery whose state is always the truth.
Promises: the only writer of these states; each change is a guarded update and stands in the
journal; at most one attempt of a step can be under way or have succeeded.
The story in words: docs/algorithms/publishing.md.
"""
