"""Identity and TLS, discovery, heartbeats, routing table and queries, view."""
