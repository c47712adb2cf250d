@0xbbe22aa2756d2943;
# Capabilities by name.
#
# Compatible on the wire with the capstore.capnp of the Go middleware Wetware.

interface CapStore {
  set @0 (id :Text, cap :Capability) -> ();
  get @1 (id :Text) -> (cap :Capability);
}
