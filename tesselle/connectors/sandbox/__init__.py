"""What the sandboxes of all networks share: operations, faults, the loopback server.

A network's `sandbox.py` offers `SANDBOX`, a `Sandbox`; the real connector speaks to it in process
or over loopback HTTP and cannot tell the difference.
"""
