"""The demo company: a tile-laying firm that does not exist, what it writes and what it shows."""

COMPANY = "Carrelages du Léman Sàrl (exemple)"
HANDLE = "carrelagesduleman"
SITE = "carrelages-du-leman.example"
