"""WASI 0.2 as components of this engine see it; every function is ours (see `interfaces.py`)."""
