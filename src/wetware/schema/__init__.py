"""The .capnp files and the Python generated from them."""
