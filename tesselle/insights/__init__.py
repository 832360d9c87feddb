"""The statistics: figures of posts in, findings with their uncertainty out.

Takes values, gives values: no database, no clock, no network. Needs NumPy and SciPy, which only the
worker's jobs and the command line import; pages read what was computed (`stored`).
"""
