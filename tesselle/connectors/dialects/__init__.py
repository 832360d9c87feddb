"""Ways of speaking that several networks have in common; a network takes what it needs of them."""
