"""The company's website and profiles, held against the norms a craft company lives under.

Takes: an address, a guarded transport, the channels of a workspace. Gives: findings, each a norm's key and the
places it was seen at. Promises: it only reads, a bounded number of pages of one site, and nothing that its own
robots file asks to leave alone; what it could not look at is no finding.
"""
