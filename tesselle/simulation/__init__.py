"""A make-believe network, its audience and its faults. Seeded, so that it repeats; pure Python."""
