"""Where the protocol's messages have their words: the layouts that this side writes.

Rules that hold here:

1. The struct definitions are those of rpc.capnp; offsets are in words from the start of the segment, the
   frame's header not counted.
2. Each layout is in one piece, without gaps, in the order in which a builder of the C++ implementation
   allocates.
3. Words that never change are written, and compared, as bytes.
"""

from __future__ import annotations

from struct import Struct, pack


def struct(at: int, to: int, data: int, pointers: int) -> int:
    """The pointer in word `at` to a struct in word `to`."""
    return (to - at - 1) << 2 & 0xFFFFFFFF | data << 32 | pointers << 48


def composite(at: int, to: int, words: int) -> int:
    """The pointer in word `at` to a list of structs in word `to`, of `words` words without its tag."""
    return (to - at - 1) << 2 & 0xFFFFFFFF | 1 | 7 << 32 | words << 35


def byte_list(at: int, to: int, count: int) -> int:
    """The pointer in word `at` to a list of `count` bytes in word `to`."""
    return (to - at - 1) << 2 & 0xFFFFFFFF | 1 | 2 << 32 | count << 35


def words(*values: int) -> bytes:
    """Whole words that are the same in every message of a kind."""
    return pack(f"<{len(values)}Q", *values)


# Every message: 0 the root pointer; 1, 2 Message (which; its pointer); 3… the struct of its kind.
ROOT = struct(0, 1, 1, 1)

UNIMPLEMENTED, ABORT, CALL, RETURN, FINISH, RESOLVE, RELEASE = range(7)
BOOTSTRAP, DISEMBARGO = 8, 13

# Call: 3-5 data, 6-8 target, params, thirdParty; 9, 10 MessageTarget; 11, 12 Payload; 13… content
TO_CALL = struct(2, 3, 3, 3)
CALL_HEAD = words(ROOT, CALL, TO_CALL)
CALL_TARGET = struct(6, 9, 1, 1)
CALL_IMPORT = Struct("<4xI24sIHHQQ24sI12xQQ")
TO_IMPORT = words(CALL_TARGET, struct(7, 11, 0, 2), 0)
# Call of a promised answer: 11, 12 PromisedAnswer; 13 the list's tag, 14… its steps; then Payload and content
CALL_ANSWER = Struct("<4xI24sIHHQQQQ24sI4xQ")
TO_ANSWER = struct(10, 11, 1, 1)
TARGET_ANSWER = words(0, 1 << 32, TO_ANSWER)
# … with the one step that paths mostly have
CALL_FIELD = Struct("<4xI24sIHHQQ40sI4x16sQQQ")
TO_FIELD = words(CALL_TARGET, struct(7, 15, 0, 2), 0, 1 << 32, TO_ANSWER)
ONE_STEP = words(composite(12, 13, 1), 1 << 2 | 1 << 32)
# Return: 3, 4 data, 5 its pointer; 6, 7 Payload; 8… content
TO_RETURN = struct(2, 3, 2, 1)
RETURN_HEAD = words(ROOT, RETURN, TO_RETURN)
RETURN_PAYLOAD = struct(5, 6, 0, 2)
RESULTS = Struct("<4xI24sIHHQQQQ")
RETURN_OTHER = Struct("<4xI24sIHHQQ")
# Return with an exception, Resolve with one, Abort: the exception is 1 data word, 2 pointers, then its text
RETURN_EXCEPTION = Struct("<4xI24sIHHQQ")
RETURN_ERROR = struct(5, 6, 1, 2)
EXCEPTION = Struct("<QQQ")
# a list of one capability: its tag; kind, number; no path
ONE_CAPABILITY = Struct("<8sHHIQ")
ONE_CAPABILITY_TAG = words(1 << 2 | 1 << 32 | 1 << 48)
# Finish, Release: 3 data
FINISH_HEAD = words(ROOT, FINISH, struct(2, 3, 1, 0))
RELEASE_HEAD = words(ROOT, RELEASE, struct(2, 3, 1, 0))
SHORT = Struct("<4xI24sII")
TO_BOOTSTRAP = struct(2, 3, 1, 1)
BOOTSTRAP_ALL = Struct("<IIQQQQQ")
TO_RESOLVE = struct(2, 3, 1, 1)
RESOLVE_HEAD = Struct("<IIQQQIHHQ")
DISEMBARGO_HEAD = Struct("<IIQQQIHHQ")
ABORT_HEAD = Struct("<IIQQQ")
UNIMPLEMENTED_HEAD = Struct("<IIQQQ")
PING = UNIMPLEMENTED_HEAD.pack(0, 3, ROOT, 7, 0)
