@0xa1f3c6d2be5a7d45;
# Every type of the language, in every position: what the tests read and write.

using Common = import "common.capnp";
using import "common.capnp".Point;

const answer :Int32 = 42;
const ratio :Float64 = 0.5;
const greeting :Text = "hello";
const secret :Data = 0x"00 ff 10";
const origin :Point = (x = 1, y = -2);
const primes :List(UInt16) = [2, 3, 5, 7];
const favourite :Common.Color = blue;
const flag :Bool = true;

struct Scalars {
  # One field of each scalar type.
  void @0 :Void;
  bool @1 :Bool;
  int8 @2 :Int8;
  int16 @3 :Int16;
  int32 @4 :Int32;
  int64 @5 :Int64;
  uint8 @6 :UInt8;
  uint16 @7 :UInt16;
  uint32 @8 :UInt32;
  uint64 @9 :UInt64;
  float32 @10 :Float32;
  float64 @11 :Float64;
  color @12 :Common.Color;
  bool2 @13 :Bool;
  bool3 @14 :Bool;
}

struct Defaults {
  bool @0 :Bool = true;
  int8 @1 :Int8 = -5;
  int16 @2 :Int16 = -500;
  int32 @3 :Int32 = 100000;
  int64 @4 :Int64 = -9000000000;
  uint8 @5 :UInt8 = 200;
  uint16 @6 :UInt16 = 60000;
  uint32 @7 :UInt32 = 4000000000;
  uint64 @8 :UInt64 = 18000000000000000000;
  float32 @9 :Float32 = 1.5;
  float64 @10 :Float64 = -inf;
  color @11 :Common.Color = green;
  text @12 :Text = "dflt";
  data @13 :Data = "bin";
  point @14 :Point = (x = 7, y = 8);
  ints @15 :List(Int32) = [1, 2, 3];
  texts @16 :List(Text) = ["a", "b"];
  points @17 :List(Point) = [(x = 1), (y = 2)];
  bools @18 :List(Bool) = [true, false, true];
  nested @19 :List(List(UInt8)) = [[1], [2, 3]];
}

struct Pointers {
  text @0 :Text;
  data @1 :Data;
  point @2 :Point;
  any @3 :AnyPointer;
  cap @4 :Lab;
  anyCap @5 :Capability;
  box @6 :Common.Box(Text);
  pointers @7 :Pointers;
  anyStruct @8 :AnyStruct;
  anyList @9 :AnyList;
}

struct Lists {
  voids @0 :List(Void);
  bools @1 :List(Bool);
  int8s @2 :List(Int8);
  int16s @3 :List(Int16);
  int32s @4 :List(Int32);
  int64s @5 :List(Int64);
  uint8s @6 :List(UInt8);
  uint16s @7 :List(UInt16);
  uint32s @8 :List(UInt32);
  uint64s @9 :List(UInt64);
  float32s @10 :List(Float32);
  float64s @11 :List(Float64);
  colors @12 :List(Common.Color);
  texts @13 :List(Text);
  datas @14 :List(Data);
  points @15 :List(Point);
  people @16 :List(Person);
  matrix @17 :List(List(Int32));
  names @18 :List(List(Text));
  grids @19 :List(List(Point));
  labs @20 :List(Lab);
  cubes @21 :List(List(List(UInt8)));
}

struct Person {
  # Somebody with a phone.
  #
  # More than one line, with a "quote" and a back\slash.
  id @0 :UInt32;
  name @1 :Text;       # what people say
  email @2 :Text;
  phones @3 :List(PhoneNumber);

  struct PhoneNumber {
    number @0 :Text;
    type @1 :Type;
    enum Type { mobile @0; homeOffice @1; work @2; }
  }

  employment :union {
    unemployed @4 :Void;
    employer @5 :Text;
    school @6 :Text;
    selfEmployed :group { since @7 :Int32; trade @8 :Text; }
  }

  const maxPhones :UInt8 = 9;
}

struct Shape {
  name @0 :Text;
  union {
    circle @1 :Float64;
    square @2 :Float64;
    polygon @3 :List(Point);
    nothing @4 :Void;
    at :group { x @5 :Int16; y @6 :Int16; visible @7 :Bool = true; label @8 :Text; }
    color @9 :Common.Color;
    inner @10 :Shape;
    lab @11 :Lab;
    any @12 :AnyPointer;
    small @13 :UInt8 = 7;
  }
}

struct Deep { address :group { city :group { name @0 :Text; zip @1 :UInt32; } street @2 :Text; } }

struct Reserved {
  # Names that would be in the way.
  class @0 :Int32;
  from @1 :Text;
  self @2 :Bool;
  int @3 :Int64;
  str @4 :Text;
  bytes @5 :Data;
  list @6 :List(Int8);
  new @7 :Bool;
  read @8 :Int32;
  which @9 :Int32;
  property @10 :Int32;
  float @11 :Float32;
  hasPoint @12 :Bool;
  point @13 :Point;
  builder @14 :Builder;
  struct Builder { x @0 :Int8; }
}

struct OldVersion { a @0 :Int32; text @1 :Text; }
struct NewVersion { a @0 :Int32; text @1 :Text; b @2 :Int64 = 99; more @3 :Text; point @4 :Point; }
struct ListsOld { ints @0 :List(UInt32); texts @1 :List(Text); structs @2 :List(OldVersion); }
struct ListsNew {
  ints @0 :List(IntStruct);
  texts @1 :List(TextStruct);
  structs @2 :List(NewVersion);
  struct IntStruct { value @0 :UInt32; more @1 :Text; }
  struct TextStruct { text @0 :Text; number @1 :Int64 = 5; }
}
struct Empty {}
struct Empties { list @0 :List(Empty); one @1 :Empty; }

struct TwoUnions {
  left :union { a @0 :Int32; b @1 :Text; }
  right :union { c @2 :Int32; d @3 :Text; }
}

interface Lab {
  # A place to work in.
  start @0 (name :Text, size :UInt32 = 10, shape :Shape) -> (run :Run, id :Int64);
  # Begin something.
  find @1 (key :Data) -> Person;
  send @2 (chunk :Data) -> stream;
  union @3 Shape -> (area :Float64);
  nested @4 () -> (inner :Holder);
  generic @5 [T] (value :T) -> (value :T);
  ping @6 ();

  struct Holder { run @0 :Run; deeper :group { lab @1 :Lab; } any @2 :AnyPointer; }
  interface Run extends(Common.Closer) {
    wait @0 () -> (code :Int32);
    done @1 () -> (done :Bool);
  }
}

interface Sender(T) { put @0 (value :T) -> (); }
interface Chan(T) extends(Sender(T), Common.Closer) { take @0 () -> (value :T); }
interface Both extends(Lab, Lab.Run) { ping @0 () -> (); }

# Generics, bound.
struct Bound {
  text @0 :Common.Box(Text);
  list @1 :Common.Box(List(Int32));
  person @2 :Common.Box(Person);
  lab @3 :Common.Box(Lab);
  boxes @4 :List(Common.Box(Data));
  tree @5 :Tree(Text);
  free @6 :Common.Box;
  boxed @7 :Common.Box(Common.Box(Text));
  sender @8 :Sender(Data);
}
struct Tree(T) {
  value @0 :T;
  children @1 :List(Tree(T));
  extra :group { more @2 :T; any @3 :AnyPointer; }
  inner @4 :Inner;
  struct Inner { again @0 :T; }
}
interface Texts extends(Chan(Text)) { count @0 (in :Common.Box(Text)) -> Common.Box(Point); }
