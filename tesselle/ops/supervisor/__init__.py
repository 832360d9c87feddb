"""One process tree: takes children, gives them back to life when they die, ends with all of them."""

from tesselle.ops.supervisor.children import Child, Command, Database, Forked
from tesselle.ops.supervisor.memory import tree_pss
from tesselle.ops.supervisor.supervisor import Supervisor

__all__ = ["Child", "Command", "Database", "Forked", "Supervisor", "tree_pss"]
