@0x9a51e53177277763;
# Processes, and the bytecode that they run.
#
# Compatible on the wire with the process.capnp of the Go middleware Wetware: file id, names, ordinals and
# meanings. What is new stands at the end of each interface and struct.

interface BytecodeCache {
  # Programs by their CID (version 1, codec 0x7e4, BLAKE3-512).

  put @0 (bytecode :Data) -> (cid :Data);
  # Keep a program; its CID.

  get @1 (cid :Data) -> (bytecode :Data);
  # A program; null where it is not kept.

  has @2 (cid :Data) -> (has :Bool);
  # Whether a program is kept, without moving it.

  part @3 (cid :Data, offset :UInt64, limit :UInt32) -> (chunk :Data, size :UInt64);
  # A part of a program: at most `limit` bytes from `offset` on. `size` is that of the whole; 0 where it is not kept.
}

interface Process {
  # A running program, or one that has ended: then everything is answered at once.

  wait @0 () -> (exitCode :UInt32);
  # Wait for its end: its own exit code, or the number of its reason (0xffffffff killed, 0xefffffff deadline,
  # 0xdfffffff trapped, 0xcfffffff another limit, 0xbfffffff its node was lost).

  kill @1 () -> ();
  # End it, and all below it. No effect on one that has ended.

  link @2 (other :Process, roundtrip :Bool) -> ();
  # The end of either ends the other. `roundtrip` says that the other side has linked already.

  unlink @3 (other :Process, roundtrip :Bool) -> ();
  # Undo `link`. No effect where there is no link.

  linkLocal @4 (other :UInt32) -> ();
  unlinkLocal @5 (other :UInt32) -> ();
  # The same by the pid of a process of the same executor, among those that the caller may see.

  monitor @6 () -> (event :Text);
  # Wait until it has ended and released everything; why it ended, in words.

  pause @7 () -> ();
  resume @8 () -> ();
  # By its own handler (`Events`) if it has one, else by the scheduler's hand.

  id @9 () -> (id :Int64);
  # A number that is unique in the whole cluster, drawn at its spawn.

  info @10 () -> (info :Info);
  # What can be told of it now.

  reason @11 () -> (reason :ExitReason);
  # As `monitor`, with a reason for programs to read.

  suspend @12 () -> ();
  # Pause by the scheduler's hand in any case.

  writeStdin @13 (content :Data) -> stream;
  closeStdin @14 () -> ();
  # The writing end of its stdin, if it was spawned with a pipe.

  readStdout @15 (limit :UInt32) -> (content :Data);
  readStderr @16 (limit :UInt32) -> (content :Data);
  # What it wrote, if it was spawned with a capture: at least one byte, at most `limit`; empty at the end.

  bootstrap @17 () -> (capability :Capability);
  # The capability that the program offers to whoever holds its process (`ProcessInit.provide`), as soon as it does.
  # Fails as `disconnected` once the process has ended, and says why it did.

  address @18 () -> (node :Data, reference :Data, pid :UInt32);
  # The peer id of its node, and a secret by which that node's peers in the cluster find the process: whoever may
  # ask holds the process anyway. No peer id where the node is in no cluster.

  log @19 (stderr :Bool, offset :UInt64, limit :UInt32, wait :Bool) -> (content :Data, offset :UInt64, ended :Bool);
  # What is kept of its output, if it was spawned with a capture, from an offset on, without taking it away. `wait`
  # waits where there is nothing yet. `ended` says that nothing follows, ever.
}

struct Info {
  pid @0 :UInt32;
  ppid @1 :UInt32;
  cid @2 :Data;
  argv @3 :List(Text);
  # The arguments after its name.
  time @4 :Int64;
  # Milliseconds from the epoch to its spawn.

  state @5 :State;
  name @6 :Text;
  cpu @7 :Float64;
  # Seconds of processor time.
  memory @8 :UInt64;
  # Bytes.
  output @9 :UInt64;
  # Bytes written to stdout and stderr.
  reason @10 :ExitReason;
  # Null while it lives.
  node @11 :Text;
  # The peer id of its node; empty where that is in no cluster.
}

enum State {
  starting @0;
  runnable @1;
  running @2;
  waiting @3;
  paused @4;
  ending @5;
  exited @6;
}

struct ExitReason {
  union {
    exited @0 :UInt32;
    killed @1 :UInt32;
    # By the end of this parent; 0 where it was asked for.
    shutdown @2 :Void;
    linked :group {
      origin @3 :Text;
      via @4 :Text;
      # A pid, or `pid@peer id` for a process of another node than the one that answers.
      lost @11 :Bool;
      # Whether the origin's node was lost, and not the process known to have ended.
    }
    limit :group {
      which @5 :Text;
      used @6 :Float64;
      allowed @7 :Float64;
      then @8 :Text;
    }
    trapped @9 :Text;
    nodeLost @10 :Text;
  }
}

interface Events {
  # What a guest offers to be told; each returns when the program has taken notice.

  pause @0 () -> ();
  resume @1 () -> ();
}
