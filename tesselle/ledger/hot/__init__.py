"""The hot path: hand-written SQL on asyncpg, and nothing else that writes while sending.

Every statement is one transaction of its own. Each advances a state by a guarded update; its row
count says who won.
"""
