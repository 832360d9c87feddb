"""Several pictures, one post for each: written in rows, planned as one, undone as one."""
