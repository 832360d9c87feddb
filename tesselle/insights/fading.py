"""How much of an effect that was seen is there later. Imports neither NumPy nor SciPy."""

KEPT = {
    "format": 0.85,
    "pillar": 0.85,
    "length": 0.85,
    "hashtags": 0.7,
    "link": 0.7,
    "question": 0.7,
    "cadence": 0.5,
    "hour": 0.5,
    "weekday": 0.2,
}
"""Effects fade (decision 9, measured on later posts)."""
