@0xb7d7ad26a3c0f8d1;
# What a replica of the store offers to whoever holds its process: its operator.

using Raft = import "/wetware/schema/raft.capnp".Raft;

interface Replica {
  operate @0 () -> (raft :Raft);
  # The member itself: to read, to write, and to change the group.

  peer @1 (member :UInt64) -> (raft :Raft);
  # What another member is to be given: with it that member can speak for itself, and for nobody else.

  meet @2 (member :UInt64, raft :Raft) -> ();
  # How another member is reached from now on.
}
