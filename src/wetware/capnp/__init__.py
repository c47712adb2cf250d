"""Cap'n Proto in pure Python: wire format, schema model and generator, RPC, transport."""
