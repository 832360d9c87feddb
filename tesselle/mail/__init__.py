"""The outgoing mail of this installation: one server, its password sealed.

Takes: what the operator typed. Gives: Django's mail backend over it, and what the server said, in words.
Promises: without a server nothing is sent, and nobody is told that something was.
"""
