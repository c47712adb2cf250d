"""Capability servers: executor, process, capstore, channel, pubsub, anchor, blob, http, registry."""
