"""Cap'n Proto in pure Python: wire format, schema model and generator, RPC, transport.

The wire layer, from the ground up:

- `message`: `MessageReader` and `MessageBuilder`: segments, the capability table, `Limits`
- `reader`, `builder`: structs; `lists`, `listbuilders`, `listtypes`: lists; `anypointer`; `enums`; `copying`
- `framing`: `frame(builder)`, `read_message(bytes)`, `read_message_from(read_exactly)`,
  `Framer().feed(bytes)`
- `hooks`, `client`: the seam to RPC: a client class wraps a `Hook`, the capability table holds hooks

A struct `Person` is generated as its reader class `Person` and its builder class `Person.Builder`:

    person = Person.new(name="Ada", phones=[{"number": "1"}])   # a builder, the root of a message of its own
    data = frame(person)
    Person.read(data).phones[0].number

A builder that is the root of its own message is copied into another message by one move of bytes, so the
params and results of calls are built apart and placed into the `Call` or `Return` afterwards.

An interface `Lab` is generated as

- the client class `Lab`: `lab.start(name="x")` makes the params' message, gives it to `Hook.send` and
  returns a `Lab.StartResults` promise: `await` it for the reader, or use its capabilities before (`.run`)
- the abstract class `Lab.Server`: `async def start(self, *, name, size, shape, context)` returns a dict of
  results, a builder (`Lab.StartResults.new(...)`), None for all defaults, or a promise that was not
  awaited: a tail call
- `Lab.METHODS`: what each method is (`runtime.MethodInfo`); `Lab.Server.METHODS`: what runs it
  (`hooks.Handler`)

RPC, from the ground up:

- `core`: capabilities, promises, and the state of one connection as bytes in and bytes out
  (`core.peer.Peer`): no I/O, no clock; `core.trace.describe(message)` puts a message into words
- `runner`: runs the handlers of an asyncio loop; `transport`, `memory`: connections over sockets, inside one
  loop, and as two byte queues that anybody can drive
- `vat`: what programs use: `Vat`, `Connection`, `local(client)`
- `membrane`: attenuate, watch, expire and revoke capabilities of any interface; `sturdy`: tokens that outlive
  a connection; `stream`: windows of streaming calls; `client.release`: let go of a capability
- `exceptions`: what a call can fail with
"""
