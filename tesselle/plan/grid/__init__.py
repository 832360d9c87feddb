"""A profile that is a grid: what is planned among what is out, and two dates exchanged."""
