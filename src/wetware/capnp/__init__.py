"""Cap'n Proto in pure Python: wire format, schema model and generator, RPC, transport.

The wire layer, from the ground up:

- `message`: `MessageReader` and `MessageBuilder`: segments, the capability table, `Limits`
- `reader`, `builder`: structs; `lists`, `listbuilders`, `listtypes`: lists; `anypointer`; `enums`; `copying`
- `framing`: `frame(builder)`, `read_message(bytes)`, `read_message_from(read_exactly)`, `Framer().feed(bytes)`
- `hooks`, `client`: the seam to RPC: a client class wraps a `Hook`, the capability table holds hooks

A struct `Person` is generated as its reader class `Person` and its builder class `Person.Builder`:

    person = Person.new(name="Ada", phones=[{"number": "1"}])   # a builder, the root of a message of its own
    data = frame(person.message)
    Person.read(data).phones[0].number

A builder that is the root of its own message is copied into another message by one move of bytes, so the params and
results of calls are built apart and placed into the `Call` or `Return` afterwards.
"""
