"""Process semantics without I/O: table, tree, states, links, monitors, exit reasons."""
