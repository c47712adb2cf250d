@0xe82706a772b0927b;
# What a guest or a client is given: the session, and the executor in it.
#
# Compatible on the wire with the core.capnp of the Go middleware Wetware: file id, names, ordinals and
# meanings. What is new stands at the end of each interface and struct.

using CapStore = import "capstore.capnp";
using Cluster = import "cluster.capnp";
using Process = import "process.capnp";

interface Terminal {
  login @0 (account :Cluster.Signer) -> (session :Session);
  # Everything that the account may use. A guest's own host asks for no account.
}

interface PeerLister {
  peers @0 () -> (session :Session);
}

struct Session {
  # All of a guest's or a client's authority. What is null was not granted.

  local :group {
    peer @0 :Text;
    # The peer id of the node.
    server @1 :UInt64;
    # The number that the node drew at its start.
    host @2 :Text;
    # The host's name, as its operating system reports it.
  }

  view @3 :Cluster.View;
  exec @4 :Executor;
  capStore @5 :CapStore.CapStore;
  extra @6 :List(Extra);
  # Capabilities by name, of any kind.

  struct Extra {
    name @0 :Text;
    client @1 :Capability;
  }
}

interface Executor {
  # Runs programs as processes. What is seen through one executor are the holder's own process and those below it,
  # unless everything was granted.

  exec @0 (session :Session, bytecode :Data, ppid :UInt32, args :List(Text)) -> (process :Process.Process);
  # Run a program with this session as all of its authority. Its arguments are its pid, its parent's, its CID, then
  # `args`. A `ppid` of 0, or one that the caller cannot see, means the caller itself.

  execCached @1 (session :Session, cid :Data, ppid :UInt32, args :List(Text)) -> (process :Process.Process);
  # The same for a program of the bytecode cache.

  ps @2 () -> (procs :List(Process.Info));
  # The live processes that the caller may see, by pid.

  bytecodeCache @3 () -> (cache :Process.BytecodeCache);

  dialPeer @4 (peerId :Data) -> (session :Session, self :Bool);
  # The session that another node gives to the caller; `self` and none where the peer is this node.

  spawn @5 (request :SpawnRequest) -> (process :Process.Process);
  # Run a program with arguments as a POSIX program expects them, and with exactly what the request lists.

  find @6 (pid :UInt32) -> (process :Process.Process);
  # A live process that the caller may see.

  narrowed @7 () -> (executor :Executor);
  # The same executor for somebody who is to reach no more than what is spawned through it.

  introduce @8 (process :Process.Process) -> (capability :Capability);
  # What the program of a process offers (`Process.bootstrap`), as soon as it does. The process may be one of another
  # node of the cluster: then the capability is reached from this node over the connection between the two, so that
  # whoever is given it here needs nobody in between. It does not hold the process.

  prepare @9 (cid :Data, source :Process.BytecodeCache) -> (problem :Text);
  # Have a program fetched and compiled, as for a spawn, so that the spawn will be quick. The problem is why it is
  # no program that can run here; empty where it can.
}

struct SpawnRequest {
  program :union {
    bytecode @0 :Data;
    cid @1 :Data;
  }
  name @2 :Text;
  # Its argument 0; by default its CID.
  args @3 :List(Text);
  env @4 :List(Variable);
  session @5 :Session;
  # Its authority: null for none at all.

  stdin @6 :Input;
  stdinContent @7 :Data;
  # For `content`.
  stdout @8 :Output;
  stderr @9 :Output;

  limits @10 :Limits;
  link @11 :Bool;
  # Link it with the caller before its first instruction.
  monitor @12 :MonitorHandler;
  # Told of its end.
  channel @13 :Channel;
  # How it sees the connection to its host; by default what its imports say.

  detached @14 :Bool;
  # Let it outlive the caller's hold on it. By default a process that was spawned from another node or by a client
  # ends when neither its `Process` nor the `Executor` is held any more: when the connection is lost, for one.
  parent @15 :Process.Process;
  # A process of the same node under which it is to stand; by default the caller, or nobody where that is elsewhere.
  source @16 :Process.BytecodeCache;
  # Where the bytes of `cid` can be read if the node does not have them.
  dirs @17 :List(Directory);
  # Its files: none but those.

  struct Directory {
    path @0 :Text;
    # Where the program finds it.
    volume @1 :Volume;
    # One of the node on which the program runs.
  }

  struct Variable {
    name @0 :Text;
    value @1 :Text;
  }

  enum Input {
    closed @0;
    content @1;
    pipe @2;
  }

  enum Output {
    null @0;
    capture @1;
    # The last megabyte is kept.
    inherit @2;
    # The caller's own.
    pipe @3;
    # All is kept: the program waits while a megabyte waits to be read.
  }

  enum Channel {
    automatic @0;
    stream @1;
    listener @2;
    none @3;
  }
}

interface Volume {
  # A directory of a node, which whoever holds this may hand to programs of that node. While one may write to it, no
  # other process is given it, nor what is above or below.

  directory @0 (name :Text) -> (volume :Volume);
  # A directory in it; made when it is first handed to a program that may write.

  readOnly @1 () -> (volume :Volume);
  # The same for programs that are to read only.

  writable @2 () -> (writable :Bool);
  # Whether programs may write to it.
}

struct Limits {
  # What a process may use; 0 is the default of the node, which is finite for memory, children and descriptors.

  memory @0 :UInt64;
  deadline @1 :Float64;
  cpu @2 :Float64;
  output @3 :UInt64;
  children @4 :UInt32;
  descriptors @5 :UInt32;
}

interface MonitorHandler {
  ended @0 (reason :Process.ExitReason) -> ();
}

interface ProcessInit {
  # What a guest bootstraps from its host, which also answers as `Terminal`.

  terminal @0 () -> (terminal :Terminal);
  events @1 (handler :Process.Events) -> ();
  # The guest's handler of pause and resume.

  provide @2 (capability :Capability) -> ();
  # The capability that `Process.bootstrap` gives to whoever holds the process; null takes it back.

  process @3 () -> (process :Process.Process);
  # The process itself: to be linked, watched or paused, by itself or by whomever it hands that to. Whoever has
  # this has no executor with it: pids that it names are those of the process and of what is below it.
}
