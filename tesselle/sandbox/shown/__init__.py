"""The simulated networks as their public sees them, at the workspace's now.

Takes: a channel of a practice workspace. Gives: its profile, and each of its posts with reactions and
comments, drawn by the network's own preview. Promises: it shows what the simulated network holds, not
what the product believes of it, and changes nothing there.
"""
