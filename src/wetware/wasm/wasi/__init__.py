"""WASI preview 1: which functions there are, which of them are ours, and what ours do."""
