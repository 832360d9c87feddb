"""`tesselle chaos`: workers killed, networks that lie; counts what is really there."""

from tesselle.ops.chaos.command import arguments, run

__all__ = ["arguments", "run"]
