@0xd3c5f0a4b1e27a91;
# What the supervisor and its workers have to say to each other.

interface Worker {
  # What a worker offers.

  count @0 (below :UInt32) -> (primes :UInt32);
  # How many primes there are below a number.
}

interface Journal {
  # What the supervisor hands to each worker, and to nobody else.

  note @0 (text :Text) -> ();
}
