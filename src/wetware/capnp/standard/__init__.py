"""The standard's own schemas (`include/capnp/`, under their MIT licence) and what is generated from them."""
