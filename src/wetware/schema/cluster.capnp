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

  epoch @4 :UInt64;
  # The boot epoch: higher at each start of the node with this key.
  seq @5 :UInt64;
  # Counts up within an epoch.
  lag @6 :UInt8;
  # How late the node runs, by its own word: it is to be given 1 + lag times the usual patience.
}

interface View {
  # One node's routing table. Each call sees one state of it.

  lookup @0 (selector :Selector, constraints :List(Constraint)) -> (result :MaybeRecord);
  iter @1 (handler :Handler, selector :Selector, constraints :List(Constraint)) -> ();
  reverse @2 () -> (view :View);
  # The same in descending order.
  snapshot @3 () -> (view :View);
  # A view of the table as it is now, for ever: its calls all see that state.

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

struct Challenge {
  # What a node asks an account to sign at login: it is bound to the channel that both see, and to its two ends.

  nonce @0 :Data;
  # 16 bytes, drawn for this login alone.
  server @1 :Data;
  # The peer id of the node that asks.
  client @2 :Data;
  # The peer id at the other end of the channel.
  serverKey @3 :Data;
  # SHA-256 of the public key, as SubjectPublicKeyInfo, that the node's end of the channel has proved.
  clientKey @4 :Data;
  # The same of the other end.
}

struct Obituary {
  # An observer's statement that it has heard nothing of a node since this heartbeat.

  peer @0 :Data;
  epoch @1 :UInt64;
  seq @2 :UInt64;
}

struct Gossip {
  # What nodes tell each other about the membership.

  sender @0 :Data;
  # The peer id of the sending node.

  union {
    news @1 :News;
    probe @2 :Probe;
    digest @3 :Digest;
    known @4 :Known;
  }

  struct News {
    beats @0 :List(Beat);
    obituaries @1 :List(Data);
    # Signed envelopes of an `Obituary` each.
    spread @2 :Bool;
    # Whether the receiver is to pass on what is new to it.
  }

  struct Beat {
    signed @0 :Data;
    # The signed envelope of a `Heartbeat`.
    age @1 :UInt32;
    # Milliseconds since its own node sent it, as far as the sender knows.
  }

  struct Probe {
    # Asks for a heartbeat of `peer` that is newer than the one named, on behalf of `origin`.

    peer @0 :Data;
    epoch @1 :UInt64;
    seq @2 :UInt64;
    origin @3 :Data;
  }

  struct Digest {
    buckets @0 :List(UInt64);
    # A hash of the members (peer and epoch) of each part of the key space.
  }

  struct Known {
    # The members of those parts in which two digests differ.

    buckets @0 :List(UInt16);
    members @1 :List(Member);
    reply @2 :Bool;
    # Whether this answers another `Known`, and needs none in turn.
  }

  struct Member {
    peer @0 :Data;
    epoch @1 :UInt64;
  }
}
