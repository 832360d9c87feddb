"""What posts are for: pillars, campaigns, objectives.

Takes: what a team says of its aims. Gives: what a post can be given. Promises: what is retired is
offered no more, and stays on the posts that have it.
"""
