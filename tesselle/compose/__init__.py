"""Writing: posts, one variant per channel, revisions.

Takes: words and assets. Gives: a post whose current revision holds a variant for each channel.
Promises: a revision never changes; an edit makes a new one.
"""
