"""The component in which Python programs run, from its source: `guest.wit` and `app.py`.

It is built on the user's machine by `wetware/wasm/python/`, and is not imported by anything.
"""
