"""The standard's own schemas, `include/capnp/`, and the modules generated from them.

The schemas, and with them the comments that the modules repeat, are (c) Sandstorm Development Group, Inc.,
Cloudflare, Inc. and contributors under the MIT licence, which stands at the head of each `.capnp` file.
"""
