"""The RPC core: capabilities, promises, the state of a connection. No I/O, no clock, no threads."""
