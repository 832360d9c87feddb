"""The clock of a practice workspace: moved by a worker from event to event, never over one, never back.

Takes: a `ClockRun` that a person asked for. Gives: a workspace whose clock stands at the instant they
named, with all that was due on the way done by the ordinary product. Promises: it goes on only when what
is due has settled; a worker that dies loses nothing; a real workspace's clock is never touched.
"""
