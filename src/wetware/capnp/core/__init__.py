"""The RPC core: capabilities, promises and the state of one connection. No I/O, no clock, no threads of its own."""
