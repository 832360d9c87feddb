"""Many planned posts changed at once: looked at first, done, and undone as one."""
