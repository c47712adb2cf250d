"""Process semantics without I/O: table, tree, states, links, monitors, exit reasons.

`ProcessTable.handle` takes a stimulus (`stimuli.py`) and returns instructions (`instructions.py`); the rules
are at the top of `table.py`.
"""
