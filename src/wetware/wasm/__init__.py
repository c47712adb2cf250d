"""The engine: module cache, fibers and their scheduler, WASI, limits."""
