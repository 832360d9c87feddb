"""People: users, workspaces, members, roles, and the one place that decides who may do what.

Keeps a workspace's zone, its world (real or practice) and its `now`.
"""
