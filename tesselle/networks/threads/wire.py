"""The one door to an account, and what its containers call their state."""

from tesselle.connectors.dialects.graph.containers import Fields
from tesselle.connectors.dialects.graph.wire import Graph

HOST = "https://graph.threads.net"
"""`graph.threads.com` is the same; Meta's own collection of requests names this one."""
VERSION = "v1.0"

THREADS = Graph(HOST, VERSION, proves=False, tells_next=False)
STATE = Fields("status", "error_message")
APP_PREFIX = "TH|"
"""Stands before the application's number where it speaks for itself."""

ME = "me"
OWN, OWN_REPLIES = "me/threads", "me/replies"
PUBLISH = "me/threads_publish"
QUOTA = "me/threads_publishing_limit"
INSIGHTS = "me/threads_insights"
