@0xfcf6ac08e448a6ac;
# Who is in the cluster.
#
# Compatible on the wire with the cluster.capnp of the Go middleware Wetware: file id, names, ordinals and meanings.

interface Signer {
  sign @0 (challenge :Data) -> (signed :Data);
}

struct Heartbeat {
  # What each node publishes again and again.

  ttl @0 :UInt32;
  # Milliseconds after which it counts as gone.
  server @1 :UInt64;
  # A number drawn at each start of the node.
  host @2 :Text;
  meta @3 :List(Text);
  # "key=value", split at the first "=".
}

interface View {
  # A snapshot of one node's routing table.

  lookup @0 (selector :Selector, constraints :List(Constraint)) -> (result :MaybeRecord);
  iter @1 (handler :Handler, selector :Selector, constraints :List(Constraint)) -> ();
  reverse @2 () -> (view :View);

  interface Handler {
    recv @0 (record :Record) -> stream;
  }

  struct Selector {
    union {
      all @0 :Void;
      match @1 :Index;
      from @2 :Index;
    }
  }

  struct Constraint {
    union {
      limit @0 :UInt64;
      to @1 :Index;
    }
  }

  struct Index {
    prefix @0 :Bool;
    union {
      peer @1 :Text;
      server @2 :Data;
      host @3 :Text;
      meta @4 :Text;
    }
  }

  struct Record {
    peer @0 :Text;
    server @1 :UInt64;
    seq @2 :UInt64;
    heartbeat @3 :Heartbeat;
  }

  struct MaybeRecord {
    union {
      nothing @0 :Void;
      just @1 :Record;
    }
  }
}
