@0xc5b6a29bd6b1b0e3;
# What a node gives to the other nodes of its cluster, and to nobody else.

using Core = import "core.capnp";
using Process = import "process.capnp";

interface Peering {
  # Given to one node, which is known by its key.

  sessionFor @0 (account :Data) -> (session :Core.Session);
  # The session that the policy of this node allows to an account which the other node introduces.

  bytecode @1 () -> (cache :Process.BytecodeCache);
  # The programs that this node has.

  link @2 (reference :Data, id :Int64, pid :UInt32, witness :Witness) -> (id :Int64, pid :UInt32, witness :Witness);
  # This node's half of a link between a process of this node, by the reference of its `Process.address`, and one of
  # the other node, by its id and pid. Each node learns from the other's witness when the link ends.

  unlink @3 (reference :Data, id :Int64) -> (id :Int64);
  # Undo this node's half. No effect where there is none.

  offered @4 (reference :Data) -> (capability :Capability);
  # What the program of a process of this node offers (`Process.bootstrap`), by the reference of its `Process.address`.
}

interface Witness {
  # Watches a process. Gives no power over it.

  ended @0 () -> (reason :Process.ExitReason);
  # Answers when it has ended.
}
