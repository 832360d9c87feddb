"""What every network must offer, and what they share. Usable from a plain script: no Django here."""
