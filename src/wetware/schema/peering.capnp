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

  process @2 (reference :Data) -> (id :Int64, pid :UInt32, end :LinkEnd);
  # A process of this node, by the reference of its `Process.address`, to be linked with one of the other node. For the
  # node that decides about links between the two: the one whose key is the smaller, as bytes.

  decide @3 (reference :Data, linked :Bool, id :Int64, pid :UInt32, end :LinkEnd);
  # Have a process of this node and one of the other node linked, or not. For the node that does not decide.
  #
  # `reference`: of this node's process. `id`, `pid`, `end`: of the other node's.

  offered @4 (reference :Data) -> (capability :Capability);
  # What the program of a process of this node offers (`Process.bootstrap`), by the reference of its `Process.address`.
}

interface LinkEnd {
  # A process, as an end of links with processes of one other node.

  link @0 (id :Int64, pid :UInt32, witness :Witness) -> (half :Half);
  # This node's half of a link with a process of the other node. Made at once, in the place of one that there is.
}

interface Witness {
  # Watches a process. Gives no power over it.

  ended @0 () -> (reason :Process.ExitReason);
  # Answers when it has ended.
}

interface Half extends(Witness) {
  # The half of a link that a call has made, and the witness of the process whose end it is.

  undo @0 ();
  # Undo it, at once. No effect where it is not there any more, or another one is in its place.
}
