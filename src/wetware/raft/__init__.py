"""Consensus: a core without I/O, a durable log, a node over Cap'n Proto."""
