"""Where the path begins: what is wanted, what is known already, how many hours; frozen with its date."""
