@0xd8a2c5a2b7e3f101;
# Types that another schema file imports.

enum Color { red @0; green @1; blue @2; }

struct Point { x @0 :Int32; y @1 :Int32; }

struct Box(T) { value @0 :T; label @1 :Text; }

interface Closer { close @0 () -> (); }
