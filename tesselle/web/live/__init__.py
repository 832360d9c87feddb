"""Live updates: what changes in the database reaches the pages that show it, without a reload.

Takes: notifications `workspace kind id` on PostgreSQL's channel `tesselle_changes`. Gives: one event
stream for each page that is looked at. Promises: ids only, never words; whoever was away is told to read
again, so nothing is missed.
"""
