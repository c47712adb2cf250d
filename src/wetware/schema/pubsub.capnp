@0xf9d8a0180405d9ed;
# Messages by topic, to whoever listens anywhere in the cluster.
#
# Compatible on the wire with the pubsub.capnp of the Go middleware Wetware: file id, names, ordinals and
# meanings. What is new stands at the end of each interface.

interface Topic {
  # Whoever holds it may publish and subscribe. Messages of one publisher arrive in the order in which they were
  # published, each at most once; what a subscriber is too slow for is dropped, and it is told how many.

  publish @0 (msg :Data) -> stream;
  # At most 1 MiB. A message that is refused concerns no other one.

  subscribe @1 (consumer :Consumer, buf :UInt16 = 32) -> ();
  # From now on, until this call is cancelled or the consumer fails; `buf` messages wait for a slow consumer.

  name @2 () -> (name :Text);

  follow @3 (reader :Reader, buffer :UInt32 = 1024) -> ();
  # As `subscribe`, in batches.

  publishAll @4 (messages :List(Data)) -> stream;
  # All of them, or none where one is too large.

  publishRow @5 (sizes :List(UInt32), contents :Data) -> stream;
  # As `publishAll`: the size of each message, and all of them one behind the other.

  interface Consumer {
    consume @0 (msg :Data) -> stream;

    lost @1 (count :UInt64) -> ();
    # So many messages are missing before the next one. Nobody needs to implement it.
  }

  interface Reader {
    take @0 (messages :List(Message), lost :UInt64) -> ();
    # The messages since the last call; `lost` are missing before the first of them. The next call comes after the
    # answer to this one. The very first has no message: from then on the other nodes know of this reader.

    takeRow @1 (node :Data, sizes :List(UInt32), contents :Data, lost :UInt64) -> ();
    # As `take`, of messages that one node has published: the size of each, and all of them one behind the other.
    # Nobody needs to implement it.
  }

  struct Message {
    content @0 :Data;
    node @1 :Data;
    # The peer id of the node that published it, which its signature proves.
  }
}

interface Router {
  join @0 (name :Text) -> (topic :Topic);
  # The topic of this name, 1 to 255 bytes. To hold it is to be in it.
}
