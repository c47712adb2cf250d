"""Generated from rpc-twoparty.capnp by `python -m wetware.capnp.generate`; do not edit.

This file defines the "network-specific parameters" in rpc.capnp to support a network consisting
of two vats.  Each of these vats may in fact be in communication with other vats, but any
capabilities they forward must be proxied.  Thus, to each end of the connection, all capabilities
received from the other end appear to live in a single vat.

Two notable use cases for this model include:
- Regular client-server communications, where a remote client machine (perhaps living on an end
  user's personal device) connects to a server.  The server may be part of a cluster, and may
  call on other servers in the cluster to help service the user's request.  It may even obtain
  capabilities from these other servers which it passes on to the user.  To simplify network
  common traversal problems (e.g. if the user is behind a firewall), it is probably desirable to
  multiplex all communications between the server cluster and the client over the original
  connection rather than form new ones.  This connection should use the two-party protocol, as
  the client has no interest in knowing about additional servers.
- Applications running in a sandbox.  A supervisor process may execute a confined application
  such that all of the confined app's communications with the outside world must pass through
  the supervisor.  In this case, the connection between the confined app and the supervisor might
  as well use the two-party protocol, because the confined app is intentionally prevented from
  talking to any other vat anyway.  Any external resources will be proxied through the supervisor,
  and so to the contained app will appear as if they were hosted by the supervisor itself.

Since there are only two vats in this network, there is never a need for three-way introductions,
so level 3 is free.  Moreover, because it is never necessary to form new connections, the
two-party protocol can be used easily anywhere where a two-way byte stream exists, without regard
to where that byte stream goes or how it was initiated.  This makes the two-party runtime library
highly reusable.

Joins (level 4) _could_ be needed in cases where one or both vats are participating in other
networks that use joins.  For instance, if Alice and Bob are speaking through the two-party
protocol, and Bob is also participating on another network, Bob may send Alice two or more
proxied capabilities which, unbeknownst to Bob at the time, are in fact pointing at the same
remote object.  Alice may then request to join these capabilities, at which point Bob will have
to forward the join to the other network.  Note, however, that if Alice is _not_ participating on
any other network, then Alice will never need to _receive_ a Join, because Alice would always
know when two locally-hosted capabilities are the same and would never export a redundant alias
to Bob.  So, Alice can respond to all incoming joins with an error, and only needs to implement
outgoing joins if she herself desires to use this feature.  Also, outgoing joins are relatively
easy to implement in this scenario.

What all this means is that a level 4 implementation of the confined network is barely more
complicated than a level 2 implementation.  However, such an implementation allows the "client"
or "confined" app to access the server's/supervisor's network with equal functionality to any
native participant.  In other words, an application which implements only the two-party protocol
can be paired with a proxy app in order to participate in any network.

So, when implementing Cap'n Proto in a new language, it makes sense to implement only the
two-party protocol initially, and then pair applications with an appropriate proxy written in
C++, rather than implement other parameterizations of the RPC protocol directly.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


class Side(_rt.CapnpEnum):
    """Enum `Side`."""

    SERVER = 0
    """The object lives on the "server" or "supervisor" end of the connection. Only the
    server/supervisor knows how to interpret the ref; to the client, it is opaque.

    Note that containers intending to implement strong confinement should rewrite SturdyRefs
    received from the external network before passing them on to the confined app. The confined
    app thus does not ever receive the raw bits of the SturdyRef (which it could perhaps
    maliciously leak), but instead receives only a thing that it can pass back to the container
    later to restore the ref. See:
    http://www.erights.org/elib/capability/dist-confine.html
    """
    CLIENT = 1
    """The object lives on the "client" or "confined app" end of the connection. Only the client
    knows how to interpret the ref; to the server/supervisor, it is opaque. Most clients do not
    actually know how to persist capabilities at all, so use of this is unusual.
    """


if _rt.TYPE_CHECKING:

    class VatId_Fields(_rt.TypedDict, total=False):
        """The fields of VatId, for construction; those left out keep their defaults."""

        side: Side


class VatId(_rt.StructReader):
    """Struct `VatId`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD20B909FEE733A8E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "VatId_Builder"

    @property
    def side(self) -> Side:
        o = self._o
        return Side.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @staticmethod
    def new(**fields: _rt.Unpack[VatId_Fields]) -> VatId_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(VatId_Builder)
        if fields:
            built._fill(**fields)
        return built


class VatId_Builder(VatId, _rt.StructBuilder):
    """Builder of VatId."""

    __slots__ = ()

    @property
    def side(self) -> Side:
        return Side.of(_rt.unpack_u16(self._s, self._o)[0])

    @side.setter
    def side(self, value: Side) -> None:
        _rt.put_u16(self, 0, _rt.enum_number(Side, value), "side")

    def _fill(
        self,
        *,
        side: Side = Side.of(0),
    ) -> None:
        try:
            _PACK_VatId(self._s, self._o, side)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.side = side
            raise


class VatId_Promise(_rt.PendingCall[VatId]):
    """A call whose results are a VatId."""

    __slots__ = ()
    _results = VatId


if _rt.TYPE_CHECKING:

    class ProvisionId_Fields(_rt.TypedDict, total=False):
        """The fields of ProvisionId, for construction; those left out keep their defaults."""

        join_id: int


class ProvisionId(_rt.StructReader):
    """Only used for joins, since three-way introductions never happen on a two-party network."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xB88D09A9C5F39817

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProvisionId_Builder"

    @property
    def join_id(self) -> int:
        """The ID from `JoinKeyPart`."""
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[ProvisionId_Fields]) -> ProvisionId_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProvisionId_Builder)
        if fields:
            built._fill(**fields)
        return built


class ProvisionId_Builder(ProvisionId, _rt.StructBuilder):
    """Builder of ProvisionId."""

    __slots__ = ()

    @property
    def join_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @join_id.setter
    def join_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "join_id")

    def _fill(
        self,
        *,
        join_id: int = 0,
    ) -> None:
        try:
            _PACK_ProvisionId(self._s, self._o, join_id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.join_id = join_id
            raise


class ProvisionId_Promise(_rt.PendingCall[ProvisionId]):
    """A call whose results are a ProvisionId."""

    __slots__ = ()
    _results = ProvisionId


if _rt.TYPE_CHECKING:

    class RecipientId_Fields(_rt.TypedDict, total=False):
        """The fields of RecipientId, for construction; those left out keep their defaults."""


class RecipientId(_rt.StructReader):
    """Never used, because there are only two parties."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x89F389B6FD4082C1

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "RecipientId_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[RecipientId_Fields]) -> RecipientId_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(RecipientId_Builder)
        return built


class RecipientId_Builder(RecipientId, _rt.StructBuilder):
    """Builder of RecipientId."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class RecipientId_Promise(_rt.PendingCall[RecipientId]):
    """A call whose results are a RecipientId."""

    __slots__ = ()
    _results = RecipientId


if _rt.TYPE_CHECKING:

    class ThirdPartyCapId_Fields(_rt.TypedDict, total=False):
        """The fields of ThirdPartyCapId, for construction; those left out keep their defaults."""


class ThirdPartyCapId(_rt.StructReader):
    """Never used, because there is no third party."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xB47F4979672CB59D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ThirdPartyCapId_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[ThirdPartyCapId_Fields]) -> ThirdPartyCapId_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ThirdPartyCapId_Builder)
        return built


class ThirdPartyCapId_Builder(ThirdPartyCapId, _rt.StructBuilder):
    """Builder of ThirdPartyCapId."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class ThirdPartyCapId_Promise(_rt.PendingCall[ThirdPartyCapId]):
    """A call whose results are a ThirdPartyCapId."""

    __slots__ = ()
    _results = ThirdPartyCapId


if _rt.TYPE_CHECKING:

    class JoinKeyPart_Fields(_rt.TypedDict, total=False):
        """The fields of JoinKeyPart, for construction; those left out keep their defaults."""

        join_id: int
        part_count: int
        part_num: int


class JoinKeyPart(_rt.StructReader):
    """Joins in the two-party case are simplified by a few observations.

    First, on a two-party network, a Join only ever makes sense if the receiving end is also
    connected to other networks.  A vat which is not connected to any other network can safely
    reject all joins.

    Second, since a two-party connection bisects the network -- there can be no other connections
    between the networks at either end of the connection -- if one part of a join crosses the
    connection, then _all_ parts must cross it.  Therefore, a vat which is receiving a Join request
    off some other network which needs to be forwarded across the two-party connection can
    collect all the parts on its end and only forward them across the two-party connection when all
    have been received.

    For example, imagine that Alice and Bob are vats connected over a two-party connection, and
    each is also connected to other networks.  At some point, Alice receives one part of a Join
    request off her network.  The request is addressed to a capability that Alice received from
    Bob and is proxying to her other network.  Alice goes ahead and responds to the Join part as
    if she hosted the capability locally (this is important so that if not all the Join parts end
    up at Alice, the original sender can detect the failed Join without hanging).  As other parts
    trickle in, Alice verifies that each part is addressed to a capability from Bob and continues
    to respond to each one.  Once the complete set of join parts is received, Alice checks if they
    were all for the exact same capability.  If so, she doesn't need to send anything to Bob at
    all.  Otherwise, she collects the set of capabilities (from Bob) to which the join parts were
    addressed and essentially initiates a _new_ Join request on those capabilities to Bob.  Alice
    does not forward the Join parts she received herself, but essentially forwards the Join as a
    whole.

    On Bob's end, since he knows that Alice will always send all parts of a Join together, he
    simply waits until he's received them all, then performs a join on the respective capabilities
    as if it had been requested locally.
    """

    __slots__ = ()
    _size = (1, 0)
    _id = 0x95B29059097FCA83

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "JoinKeyPart_Builder"

    @property
    def join_id(self) -> int:
        """A number identifying this join, chosen by the sender.  May be reused once `Finish` messages are
        sent corresponding to all of the `Join` messages.
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def part_count(self) -> int:
        """The number of capabilities to be joined."""
        o = self._o + 4
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def part_num(self) -> int:
        """Which part this request targets -- a number in the range [0, partCount)."""
        o = self._o + 6
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[JoinKeyPart_Fields]) -> JoinKeyPart_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(JoinKeyPart_Builder)
        if fields:
            built._fill(**fields)
        return built


class JoinKeyPart_Builder(JoinKeyPart, _rt.StructBuilder):
    """Builder of JoinKeyPart."""

    __slots__ = ()

    @property
    def join_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @join_id.setter
    def join_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "join_id")

    @property
    def part_count(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 4)[0]

    @part_count.setter
    def part_count(self, value: int) -> None:
        _rt.put_u16(self, 4, value, "part_count")

    @property
    def part_num(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 6)[0]

    @part_num.setter
    def part_num(self, value: int) -> None:
        _rt.put_u16(self, 6, value, "part_num")

    def _fill(
        self,
        *,
        join_id: int = 0,
        part_count: int = 0,
        part_num: int = 0,
    ) -> None:
        try:
            _PACK_JoinKeyPart(self._s, self._o, join_id, part_count, part_num)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.join_id, self.part_count, self.part_num = join_id, part_count, part_num
            raise


class JoinKeyPart_Promise(_rt.PendingCall[JoinKeyPart]):
    """A call whose results are a JoinKeyPart."""

    __slots__ = ()
    _results = JoinKeyPart


if _rt.TYPE_CHECKING:

    class JoinResult_Fields(_rt.TypedDict, total=False):
        """The fields of JoinResult, for construction; those left out keep their defaults."""

        join_id: int
        succeeded: bool
        cap: _rt.Client | _rt.Server | None


class JoinResult(_rt.StructReader):
    """Struct `JoinResult`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x9D263A3630B7EBEE

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "JoinResult_Builder"

    @property
    def join_id(self) -> int:
        """Matches `JoinKeyPart`."""
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def succeeded(self) -> bool:
        """All JoinResults in the set will have the same value for `succeeded`.  The receiver actually
        implements the join by waiting for all the `JoinKeyParts` and then performing its own join on
        them, then going back and answering all the join requests afterwards.
        """
        o = self._o + 4
        return o < self._p and self._s[o] & 1 != 0

    @property
    def cap(self) -> _rt.Client:
        """One of the JoinResults will have a non-null `cap` which is the joined capability."""
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[JoinResult_Fields]) -> JoinResult_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(JoinResult_Builder)
        if fields:
            built._fill(**fields)
        return built


class JoinResult_Builder(JoinResult, _rt.StructBuilder):
    """Builder of JoinResult."""

    __slots__ = ()

    @property
    def join_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @join_id.setter
    def join_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "join_id")

    @property
    def succeeded(self) -> bool:
        return self._s[self._o + 4] & 1 != 0

    @succeeded.setter
    def succeeded(self, value: bool) -> None:
        _rt.put_bool(self, 4, 1, value)

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @cap.setter
    def cap(self, value: _rt.Client | _rt.Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        join_id: int = 0,
        succeeded: bool = False,
        cap: _rt.Client | _rt.Server | None = None,
    ) -> None:
        try:
            _PACK_JoinResult(self._s, self._o, join_id, (1 if succeeded else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.join_id, self.succeeded = join_id, succeeded
            raise
        if cap is not None:
            self._set_cap(0, _rt.hook_of(cap))


class JoinResult_Capabilities(_rt.Pipeline):
    """What can be called before a JoinResult is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class JoinResult_Pipeline(JoinResult_Capabilities):
    """A JoinResult inside results that are still to come."""

    __slots__ = ()


class JoinResult_Promise(JoinResult_Capabilities, _rt.PendingCall[JoinResult]):
    """A call whose results are a JoinResult."""

    __slots__ = ()
    _results = JoinResult


_PACK_VatId = _rt.Struct("<H").pack_into
_PACK_ProvisionId = _rt.Struct("<I").pack_into
_PACK_JoinKeyPart = _rt.Struct("<IHH").pack_into
_PACK_JoinResult = _rt.Struct("<IB").pack_into
