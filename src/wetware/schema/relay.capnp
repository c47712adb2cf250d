@0xad64a50e854bd1cc;
# How nodes pass published messages to each other. Given to the other nodes of the cluster, and to nobody else.

interface Relay {
  wants @0 (topics :List(Text), receiver :Receiver) -> ();
  # From now on, and until the next call or half a minute is over, the caller wants what this node publishes under
  # these names, and nothing else.

  interface Receiver {
    deliver @0 (batch :Data, signature :Data) -> ();
    # A `Batch` and its publisher's signature of it.
  }

  struct Batch {
    topic @0 :Text;
    stream @1 :UInt64;
    # Drawn by the publishing node when it joined the topic.
    first @2 :UInt64;
    # The number of the first message in the stream. What is missing before it is lost.
    sizes @3 :List(UInt32);
    # Of each message, in bytes. None where there is only something lost to be told.
    contents @4 :Data;
    # The messages, one behind the other.
  }
}
