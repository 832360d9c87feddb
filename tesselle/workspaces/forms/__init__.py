"""What is asked of a person: the first run, their settings, the workspace's, invitations, the installation's."""
