@0x8dcfa60b52844164;
# Consensus over capabilities. Methods 0 to 6 and `Item` are those of the original's interface, byte for byte;
# what was added stands behind them.
#
# Whoever holds a `Raft` may change the group. For programs that are only to use the group there is `client`.

interface Raft {
  add @0 (node :Raft) -> (nodes :List(Raft), error :Text);
  # Makes `node`, which must have started empty, a voter: first it learns, then it votes. Answers once that is
  # in force, with all other members. Asked again it changes nothing. `error` is always empty: what goes wrong
  # is an exception.

  remove @1 (node :Raft) -> (error :Text);
  # Takes `node` out of the group. One that does not answer any more is removed by `removeId`.

  send @2 (msg :Data, takesAnswer :Bool) -> (error :Text, answer :Data);
  # Messages of a peer, in the project's own encoding. Those for that peer may come back as `answer`, in the same
  # encoding, if it takes them so.

  put @3 (item :Item) -> (error :Text, result :Data);
  # Hands an item to the state machine of every member. Answers once it is committed and applied here.
  # An exception of the kind `disconnected` leaves open whether it will be; every other kind says that it is not.

  items @4 () -> (objects :List(Item));
  # What the state machine lists, as of some moment during the call.

  members @5 () -> (members :List(Raft), ids :List(UInt64), learners :List(UInt64));
  # All members, this one included. `ids` go with `members`; `learners` are those of them that do not vote.

  id @6 () -> (id :UInt64);

  get @7 (key :Data) -> (found :Bool, value :Data);
  # What the state machine gives for a key, as of some moment during the call.

  openSession @8 () -> (session :UInt64);
  # A client's identity in the log, for `putSession`.

  putSession @9 (session :UInt64, sequence :UInt64, acknowledged :UInt64, item :Item) -> (outcome :Outcome, result :Data);
  # As `put`, and with the same session and number it takes effect once, however often and of whatever members it
  # is asked. Answers to numbers up to `acknowledged` will not be asked for again.

  closeSession @10 (session :UInt64) -> ();

  removeId @11 (id :UInt64) -> ();
  # As `remove`, for a member that may be dead.

  transfer @12 (to :UInt64) -> (leader :UInt64);
  # Hands leadership to a voter (zero: to the one that is furthest). Answers with the leader that then is.

  status @13 () -> (status :Status);

  snapshot @14 (head :Data) -> (sink :SnapshotSink);
  # Takes a snapshot from the leader.

  client @15 () -> (client :Raft);
  # This member, as one that may put, get and look, and not change the group or speak for its members.

  stopped @16 () -> ();
  # Answers when the member stops. Whoever holds this call learns at once when the member goes.

  change @17 (id :UInt64, node :Raft, goal :Goal, timeoutMs :UInt32) -> (led :Bool);
  # From member to leader: a membership change, in force when it answers. Does nothing where `led` is false: the
  # member does not lead, or does not any more.
}

struct Item {
  key   @0 :Data;
  value @1 :Data;
}

enum Outcome {
  done @0;
  # Executed, now or by an earlier attempt; `result` is the machine's.
  failed @1;
  # Executed, now or by an earlier attempt, and refused by the machine; `result` is its reason, as UTF-8.
  expired @2;
  # Not executed: there is no such session (any more). Whether it was executed before is not known.
  stale @3;
  # Not executed again: its number had been acknowledged.
  refused @4;
  # Not executed: too many answers of the session wait to be acknowledged. May be sent again.
}

enum Goal { voter @0; learner @1; gone @2; }

enum Role { follower @0; candidate @1; leader @2; preCandidate @3; }

struct Status {
  id            @0 :UInt64;
  role          @1 :Role;
  term          @2 :UInt64;
  leader        @3 :UInt64;
  # Zero: none is known.
  committed     @4 :UInt64;
  applied       @5 :UInt64;
  lastIndex     @6 :UInt64;
  firstIndex    @7 :UInt64;
  snapshotIndex @8 :UInt64;
  voters        @9 :List(UInt64);
  learners      @10 :List(UInt64);
  sessions      @11 :UInt32;
}

interface SnapshotSink {
  write @0 (data :Data) -> stream;
  # The next bytes.
  done @1 () -> ();
  # All bytes were sent; answers once they were checked and taken.
}
