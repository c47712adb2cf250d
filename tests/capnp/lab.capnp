@0xb6a3f1c2d4e5f607;
# The objects of the RPC tests and benchmarks.

interface Echo {
  ping @0 (n :UInt64) -> (n :UInt64);
  blob @1 (data :Data) -> (data :Data);
  child @2 (name :Text) -> (child :Echo);
  callBack @3 (back :Echo, n :UInt64) -> (n :UInt64);
  # Answers with what `back.ping(n)` answers.
  hold @4 (cap :Capability) -> ();
  held @5 () -> (cap :Capability);
  drop @6 () -> ();
  fail @7 (why :Text, kind :UInt16) -> ();
  wait @8 () -> ();
  # Ends only when it is cancelled.
  give @9 (cap :Capability) -> (cap :Capability);
  cancelled @10 () -> (count :UInt32);
  write @11 (data :Data) -> stream;
  done @12 () -> (bytes :UInt64, calls :UInt32);
  later @13 (cap :Capability, waits :UInt32) -> (cap :Capability);
  # Answers with `cap` after so many turns.
  list @14 (caps :List(Slot)) -> (caps :List(Slot));
  any @15 (value :AnyPointer) -> (value :AnyPointer);
  log @16 (n :UInt64) -> (seen :List(UInt64));
  # Notes n, answers with all that was noted so far.

  struct Slot { name @0 :Text; cap @1 :Capability; }
}

interface Counter extends(Echo) {
  next @0 () -> (n :UInt64);
}

interface Chan(T) {
  put @0 (value :T) -> ();
  take @1 () -> (value :T);
}
