"""Practice worlds: simulated networks kept in the database, and the demo company."""
