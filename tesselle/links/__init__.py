"""Short links of our own, which count visits to the website by channel and post without knowing anybody.

Above `compose`, whose words they stand in. What is counted: `docs/algorithms/visits.md`.
"""
