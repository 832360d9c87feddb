"""When, and with whose approval: the calendar and planning.

Takes: a post and local times. Gives: deliveries at resolved instants. Promises: local time holds
over clock changes; nothing that the check refuses is planned.
"""
