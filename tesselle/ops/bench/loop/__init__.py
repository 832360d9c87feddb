"""`tesselle bench loop`: a year of simulated companies under three ways of planning, of which one does
what this product suggests. The same fortune for all three: what differs is what they decided."""
