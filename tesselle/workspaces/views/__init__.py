"""The first run, one's account, workspaces and their members, the journal, the installation."""
