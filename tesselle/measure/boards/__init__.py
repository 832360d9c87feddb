"""Dashboards beside the overview and the channel: pillars and campaigns, audience, team, peers."""
