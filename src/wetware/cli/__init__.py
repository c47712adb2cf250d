"""The `ww` command: one file a command; commands return results, one place prints text or JSON."""
