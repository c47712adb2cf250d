"""Generated from rpc.capnp by `python -m wetware.capnp.generate`; do not edit.

Recall that Cap'n Proto RPC allows messages to contain references to remote objects that
implement interfaces.  These references are called "capabilities", because they both designate
the remote object to use and confer permission to use it.

Recall also that Cap'n Proto RPC has the feature that when a method call itself returns a
capability, the caller can begin calling methods on that capability _before the first call has
returned_.  The caller essentially sends a message saying "Hey server, as soon as you finish
that previous call, do this with the result!".  Cap'n Proto's RPC protocol makes this possible.

The protocol is significantly more complicated than most RPC protocols.  However, this is
implementation complexity that underlies an easy-to-grasp higher-level model of object oriented
programming.  That is, just like TCP is a surprisingly complicated protocol that implements a
conceptually-simple byte stream abstraction, Cap'n Proto is a surprisingly complicated protocol
that implements a conceptually-simple object abstraction.

Cap'n Proto RPC is based heavily on CapTP, the object-capability protocol used by the E
programming language:
    http://www.erights.org/elib/distrib/captp/index.html

Cap'n Proto RPC takes place between "vats".  A vat hosts some set of objects and talks to other
vats through direct bilateral connections.  Typically, there is a 1:1 correspondence between vats
and processes (in the unix sense of the word), although this is not strictly always true (one
process could run multiple vats, or a distributed virtual vat might live across many processes).

Cap'n Proto does not distinguish between "clients" and "servers" -- this is up to the application.
Either end of any connection can potentially hold capabilities pointing to the other end, and
can call methods on those capabilities.  In the doc comments below, we use the words "sender"
and "receiver".  These refer to the sender and receiver of an instance of the struct or field
being documented.  Sometimes we refer to a "third-party" that is neither the sender nor the
receiver.  Documentation is generally written from the point of view of the sender.

It is generally up to the vat network implementation to securely verify that connections are made
to the intended vat as well as to encrypt transmitted data for privacy and integrity.  See the
`VatNetwork` example interface near the end of this file.

When a new connection is formed, the only interesting things that can be done are to send a
`Bootstrap` (level 0) or `Accept` (level 3) message.

Unless otherwise specified, messages must be delivered to the receiving application in the same
order in which they were initiated by the sending application.  The goal is to support "E-Order",
which states that two calls made on the same reference must be delivered in the order which they
were made:
    http://erights.org/elib/concurrency/partial-order.html

Since the full protocol is complicated, we define multiple levels of support that an
implementation may target.  For many applications, level 1 support will be sufficient.
Comments in this file indicate which level requires the corresponding feature to be
implemented.

* **Level 0:** The implementation does not support object references. Only the bootstrap interface
  can be called. At this level, the implementation does not support object-oriented protocols and
  is similar in complexity to JSON-RPC or Protobuf services. This level should be considered only
  a temporary stepping-stone toward level 1 as the lack of object references drastically changes
  how protocols are designed. Applications _should not_ attempt to design their protocols around
  the limitations of level 0 implementations.

* **Level 1:** The implementation supports simple bilateral interaction with object references
  and promise pipelining, but interactions between three or more parties are supported only via
  proxying of objects.  E.g. if Alice (in Vat A) wants to send Bob (in Vat B) a capability
  pointing to Carol (in Vat C), Alice must create a proxy of Carol within Vat A and send Bob a
  reference to that; Bob cannot form a direct connection to Carol.  Level 1 implementations do
  not support checking if two capabilities received from different vats actually point to the
  same object ("join"), although they should be able to do this check on capabilities received
  from the same vat.

* **Level 2:** The implementation supports saving persistent capabilities -- i.e. capabilities
  that remain valid even after disconnect, and can be restored on a future connection. When a
  capability is saved, the requester receives a `SturdyRef`, which is a token that can be used
  to restore the capability later.

* **Level 3:** The implementation supports three-way interactions.  That is, if Alice (in Vat A)
  sends Bob (in Vat B) a capability pointing to Carol (in Vat C), then Vat B will automatically
  form a direct connection to Vat C rather than have requests be proxied through Vat A.

* **Level 4:** The entire protocol is implemented, including joins (checking if two capabilities
  are equivalent).

Note that an implementation must also support specific networks (transports), as described in
the "Network-specific Parameters" section below.  An implementation might have different levels
depending on the network used.

New implementations of Cap'n Proto should start out targeting the simplistic two-party network
type as defined in `rpc-twoparty.capnp`.  With this network type, level 3 is irrelevant and
levels 2 and 4 are much easier than usual to implement.  When such an implementation is paired
with a container proxy, the contained app effectively gets to make full use of the proxy's
network at level 4.  And since Cap'n Proto IPC is extremely fast, it may never make sense to
bother implementing any other vat network protocol -- just use the correct container type and get
it for free.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


class Exception_Type(_rt.CapnpEnum):
    """Enum `Type`."""

    FAILED = 0
    """A generic problem occurred, and it is believed that if the operation were repeated without
    any change in the state of the world, the problem would occur again.

    A client might respond to this error by logging it for investigation by the developer and/or
    displaying it to the user.
    """
    OVERLOADED = 1
    """The request was rejected due to a temporary lack of resources.

    Examples include:
    - There's not enough CPU time to keep up with incoming requests, so some are rejected.
    - The server ran out of RAM or disk space during the request.
    - The operation timed out (took significantly longer than it should have).

    A client might respond to this error by scheduling to retry the operation much later. The
    client should NOT retry again immediately since this would likely exacerbate the problem.
    """
    DISCONNECTED = 2
    """The method failed because a connection to some necessary capability was lost.

    Examples include:
    - The client introduced the server to a third-party capability, the connection to that third
      party was subsequently lost, and then the client requested that the server use the dead
      capability for something.
    - The client previously requested that the server obtain a capability from some third party.
      The server returned a capability to an object wrapping the third-party capability. Later,
      the server's connection to the third party was lost.
    - The capability has been revoked. Revocation does not necessarily mean that the client is
      no longer authorized to use the capability; it is often used simply as a way to force the
      client to repeat the setup process, perhaps to efficiently move them to a new back-end or
      get them to recognize some other change that has occurred.

    A client should normally respond to this error by releasing all capabilities it is currently
    holding related to the one it called and then re-creating them by restoring SturdyRefs and/or
    repeating the method calls used to create them originally. In other words, disconnect and
    start over. This should in turn cause the server to obtain a new copy of the capability that
    it lost, thus making everything work.

    If the client receives another `disconnected` error in the process of rebuilding the
    capability and retrying the call, it should treat this as an `overloaded` error: the network
    is currently unreliable, possibly due to load or other temporary issues.
    """
    UNIMPLEMENTED = 3
    """The server doesn't implement the requested method. If there is some other method that the
    client could call (perhaps an older and/or slower interface), it should try that instead.
    Otherwise, this should be treated like `failed`.
    """


if _rt.TYPE_CHECKING:

    class Message_Fields(_rt.TypedDict, total=False):
        """The fields of Message, for construction; those left out keep their defaults."""

        unimplemented: Message | Message_Fields
        abort: Exception | Exception_Fields
        call: Call | Call_Fields
        return_: Return | Return_Fields
        finish: Finish | Finish_Fields
        resolve: Resolve | Resolve_Fields
        release: Release | Release_Fields
        obsolete_save: _rt.AnyValue
        bootstrap: Bootstrap | Bootstrap_Fields
        obsolete_delete: _rt.AnyValue
        provide: Provide | Provide_Fields
        accept: Accept | Accept_Fields
        join: Join | Join_Fields
        disembargo: Disembargo | Disembargo_Fields


class Message(_rt.StructReader):
    """An RPC connection is a bi-directional stream of Messages."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x91B79F1F808DB032

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Message_Builder"

    @property
    def which(
        self,
    ) -> _rt.Literal[
        "unimplemented",
        "abort",
        "call",
        "return_",
        "finish",
        "resolve",
        "release",
        "obsolete_save",
        "bootstrap",
        "obsolete_delete",
        "provide",
        "accept",
        "join",
        "disembargo",
        "unknown",
    ]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return (
            (
                "unimplemented",
                "abort",
                "call",
                "return_",
                "finish",
                "resolve",
                "release",
                "obsolete_save",
                "bootstrap",
                "obsolete_delete",
                "provide",
                "accept",
                "join",
                "disembargo",
            )[tag]
            if tag < 14
            else "unknown"
        )

    @property
    def unimplemented(self) -> Message:
        """The sender previously received this message from the peer but didn't understand it or doesn't
        yet implement the functionality that was requested.  So, the sender is echoing the message
        back.  In some cases, the receiver may be able to recover from this by pretending the sender
        had taken some appropriate "null" action.

        For example, say `resolve` is received by a level 0 implementation (because a previous call
        or return happened to contain a promise).  The level 0 implementation will echo it back as
        `unimplemented`.  The original sender can then simply release the cap to which the promise
        had resolved, thus avoiding a leak.

        For any message type that introduces a question, if the message comes back unimplemented,
        the original sender may simply treat it as if the question failed with an exception.

        In cases where there is no sensible way to react to an `unimplemented` message (without
        resource leaks or other serious problems), the connection may need to be aborted.  This is
        a gray area; different implementations may take different approaches.
        """
        if self._tag(0) != 0:
            raise _rt.inactive(self, "unimplemented")
        return self._struct(Message, 0)

    @property
    def has_unimplemented(self) -> bool:
        return self._tag(0) == 0 and self._has(0)

    @property
    def abort(self) -> Exception:
        """Sent when a connection is being aborted due to an unrecoverable error.  This could be e.g.
        because the sender received an invalid or nonsensical message or because the sender had an
        internal error.  The sender will shut down the outgoing half of the connection after `abort`
        and will completely close the connection shortly thereafter (it's up to the sender how much
        of a time buffer they want to offer for the client to receive the `abort` before the
        connection is reset).
        """
        if self._tag(0) != 1:
            raise _rt.inactive(self, "abort")
        return self._struct(Exception, 0)

    @property
    def has_abort(self) -> bool:
        return self._tag(0) == 1 and self._has(0)

    @property
    def call(self) -> Call:
        """Begin a method call."""
        if self._tag(0) != 2:
            raise _rt.inactive(self, "call")
        return self._struct(Call, 0)

    @property
    def has_call(self) -> bool:
        return self._tag(0) == 2 and self._has(0)

    @property
    def return_(self) -> Return:
        """Complete a method call."""
        if self._tag(0) != 3:
            raise _rt.inactive(self, "return_")
        return self._struct(Return, 0)

    @property
    def has_return_(self) -> bool:
        return self._tag(0) == 3 and self._has(0)

    @property
    def finish(self) -> Finish:
        """Release a returned answer / cancel a call."""
        if self._tag(0) != 4:
            raise _rt.inactive(self, "finish")
        return self._struct(Finish, 0)

    @property
    def has_finish(self) -> bool:
        return self._tag(0) == 4 and self._has(0)

    @property
    def resolve(self) -> Resolve:
        """Resolve a previously-sent promise."""
        if self._tag(0) != 5:
            raise _rt.inactive(self, "resolve")
        return self._struct(Resolve, 0)

    @property
    def has_resolve(self) -> bool:
        return self._tag(0) == 5 and self._has(0)

    @property
    def release(self) -> Release:
        """Release a capability so that the remote object can be deallocated."""
        if self._tag(0) != 6:
            raise _rt.inactive(self, "release")
        return self._struct(Release, 0)

    @property
    def has_release(self) -> bool:
        return self._tag(0) == 6 and self._has(0)

    @property
    def obsolete_save(self) -> _rt.AnyPointerReader:
        """Obsolete request to save a capability, resulting in a SturdyRef. This has been replaced
        by the `Persistent` interface defined in `persistent.capnp`. This operation was never
        implemented.
        """
        if self._tag(0) != 7:
            raise _rt.inactive(self, "obsolete_save")
        return _rt.any_reader(self, 0)

    @property
    def bootstrap(self) -> Bootstrap:
        """Request the peer's bootstrap interface."""
        if self._tag(0) != 8:
            raise _rt.inactive(self, "bootstrap")
        return self._struct(Bootstrap, 0)

    @property
    def has_bootstrap(self) -> bool:
        return self._tag(0) == 8 and self._has(0)

    @property
    def obsolete_delete(self) -> _rt.AnyPointerReader:
        """Obsolete way to delete a SturdyRef. This operation was never implemented."""
        if self._tag(0) != 9:
            raise _rt.inactive(self, "obsolete_delete")
        return _rt.any_reader(self, 0)

    @property
    def provide(self) -> Provide:
        """Provide a capability to a third party."""
        if self._tag(0) != 10:
            raise _rt.inactive(self, "provide")
        return self._struct(Provide, 0)

    @property
    def has_provide(self) -> bool:
        return self._tag(0) == 10 and self._has(0)

    @property
    def accept(self) -> Accept:
        """Accept a capability provided by a third party."""
        if self._tag(0) != 11:
            raise _rt.inactive(self, "accept")
        return self._struct(Accept, 0)

    @property
    def has_accept(self) -> bool:
        return self._tag(0) == 11 and self._has(0)

    @property
    def join(self) -> Join:
        """Directly connect to the common root of two or more proxied caps."""
        if self._tag(0) != 12:
            raise _rt.inactive(self, "join")
        return self._struct(Join, 0)

    @property
    def has_join(self) -> bool:
        return self._tag(0) == 12 and self._has(0)

    @property
    def disembargo(self) -> Disembargo:
        """Lift an embargo used to enforce E-order over promise resolution."""
        if self._tag(0) != 13:
            raise _rt.inactive(self, "disembargo")
        return self._struct(Disembargo, 0)

    @property
    def has_disembargo(self) -> bool:
        return self._tag(0) == 13 and self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Message_Fields]) -> Message_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Message_Builder)
        if fields:
            built._fill(**fields)
        return built


class Message_Builder(Message, _rt.StructBuilder):
    """Builder of Message."""

    __slots__ = ()

    @property
    def unimplemented(self) -> Message_Builder:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "unimplemented")
        return self._struct_builder(Message_Builder, 0)

    @unimplemented.setter
    def unimplemented(self, value: Message | Message_Fields) -> None:
        self._put_struct(Message_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 0)

    def init_unimplemented(self) -> Message_Builder:
        _rt.pack_u16(self._s, self._o + 0, 0)
        return self._init_struct(Message_Builder, 0)

    @property
    def abort(self) -> Exception_Builder:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "abort")
        return self._struct_builder(Exception_Builder, 0)

    @abort.setter
    def abort(self, value: Exception | Exception_Fields) -> None:
        self._put_struct(Exception_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 1)

    def init_abort(self) -> Exception_Builder:
        _rt.pack_u16(self._s, self._o + 0, 1)
        return self._init_struct(Exception_Builder, 0)

    @property
    def call(self) -> Call_Builder:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "call")
        return self._struct_builder(Call_Builder, 0)

    @call.setter
    def call(self, value: Call | Call_Fields) -> None:
        self._put_struct(Call_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 2)

    def init_call(self) -> Call_Builder:
        _rt.pack_u16(self._s, self._o + 0, 2)
        return self._init_struct(Call_Builder, 0)

    @property
    def return_(self) -> Return_Builder:
        if self._tag(0) != 3:
            raise _rt.inactive(self, "return_")
        return self._struct_builder(Return_Builder, 0)

    @return_.setter
    def return_(self, value: Return | Return_Fields) -> None:
        self._put_struct(Return_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 3)

    def init_return_(self) -> Return_Builder:
        _rt.pack_u16(self._s, self._o + 0, 3)
        return self._init_struct(Return_Builder, 0)

    @property
    def finish(self) -> Finish_Builder:
        if self._tag(0) != 4:
            raise _rt.inactive(self, "finish")
        return self._struct_builder(Finish_Builder, 0)

    @finish.setter
    def finish(self, value: Finish | Finish_Fields) -> None:
        self._put_struct(Finish_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 4)

    def init_finish(self) -> Finish_Builder:
        _rt.pack_u16(self._s, self._o + 0, 4)
        return self._init_struct(Finish_Builder, 0)

    @property
    def resolve(self) -> Resolve_Builder:
        if self._tag(0) != 5:
            raise _rt.inactive(self, "resolve")
        return self._struct_builder(Resolve_Builder, 0)

    @resolve.setter
    def resolve(self, value: Resolve | Resolve_Fields) -> None:
        self._put_struct(Resolve_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 5)

    def init_resolve(self) -> Resolve_Builder:
        _rt.pack_u16(self._s, self._o + 0, 5)
        return self._init_struct(Resolve_Builder, 0)

    @property
    def release(self) -> Release_Builder:
        if self._tag(0) != 6:
            raise _rt.inactive(self, "release")
        return self._struct_builder(Release_Builder, 0)

    @release.setter
    def release(self, value: Release | Release_Fields) -> None:
        self._put_struct(Release_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 6)

    def init_release(self) -> Release_Builder:
        _rt.pack_u16(self._s, self._o + 0, 6)
        return self._init_struct(Release_Builder, 0)

    @property
    def obsolete_save(self) -> _rt.AnyPointerBuilder:
        if self._tag(0) != 7:
            raise _rt.inactive(self, "obsolete_save")
        return _rt.any_builder(self, 0)

    @obsolete_save.setter
    def obsolete_save(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)
        _rt.pack_u16(self._s, self._o + 0, 7)

    @property
    def bootstrap(self) -> Bootstrap_Builder:
        if self._tag(0) != 8:
            raise _rt.inactive(self, "bootstrap")
        return self._struct_builder(Bootstrap_Builder, 0)

    @bootstrap.setter
    def bootstrap(self, value: Bootstrap | Bootstrap_Fields) -> None:
        self._put_struct(Bootstrap_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 8)

    def init_bootstrap(self) -> Bootstrap_Builder:
        _rt.pack_u16(self._s, self._o + 0, 8)
        return self._init_struct(Bootstrap_Builder, 0)

    @property
    def obsolete_delete(self) -> _rt.AnyPointerBuilder:
        if self._tag(0) != 9:
            raise _rt.inactive(self, "obsolete_delete")
        return _rt.any_builder(self, 0)

    @obsolete_delete.setter
    def obsolete_delete(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)
        _rt.pack_u16(self._s, self._o + 0, 9)

    @property
    def provide(self) -> Provide_Builder:
        if self._tag(0) != 10:
            raise _rt.inactive(self, "provide")
        return self._struct_builder(Provide_Builder, 0)

    @provide.setter
    def provide(self, value: Provide | Provide_Fields) -> None:
        self._put_struct(Provide_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 10)

    def init_provide(self) -> Provide_Builder:
        _rt.pack_u16(self._s, self._o + 0, 10)
        return self._init_struct(Provide_Builder, 0)

    @property
    def accept(self) -> Accept_Builder:
        if self._tag(0) != 11:
            raise _rt.inactive(self, "accept")
        return self._struct_builder(Accept_Builder, 0)

    @accept.setter
    def accept(self, value: Accept | Accept_Fields) -> None:
        self._put_struct(Accept_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 11)

    def init_accept(self) -> Accept_Builder:
        _rt.pack_u16(self._s, self._o + 0, 11)
        return self._init_struct(Accept_Builder, 0)

    @property
    def join(self) -> Join_Builder:
        if self._tag(0) != 12:
            raise _rt.inactive(self, "join")
        return self._struct_builder(Join_Builder, 0)

    @join.setter
    def join(self, value: Join | Join_Fields) -> None:
        self._put_struct(Join_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 12)

    def init_join(self) -> Join_Builder:
        _rt.pack_u16(self._s, self._o + 0, 12)
        return self._init_struct(Join_Builder, 0)

    @property
    def disembargo(self) -> Disembargo_Builder:
        if self._tag(0) != 13:
            raise _rt.inactive(self, "disembargo")
        return self._struct_builder(Disembargo_Builder, 0)

    @disembargo.setter
    def disembargo(self, value: Disembargo | Disembargo_Fields) -> None:
        self._put_struct(Disembargo_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 13)

    def init_disembargo(self) -> Disembargo_Builder:
        _rt.pack_u16(self._s, self._o + 0, 13)
        return self._init_struct(Disembargo_Builder, 0)

    def _fill(
        self,
        *,
        unimplemented: Message | Message_Fields | None = None,
        abort: Exception | Exception_Fields | None = None,
        call: Call | Call_Fields | None = None,
        return_: Return | Return_Fields | None = None,
        finish: Finish | Finish_Fields | None = None,
        resolve: Resolve | Resolve_Fields | None = None,
        release: Release | Release_Fields | None = None,
        obsolete_save: _rt.AnyValue | None = None,
        bootstrap: Bootstrap | Bootstrap_Fields | None = None,
        obsolete_delete: _rt.AnyValue | None = None,
        provide: Provide | Provide_Fields | None = None,
        accept: Accept | Accept_Fields | None = None,
        join: Join | Join_Fields | None = None,
        disembargo: Disembargo | Disembargo_Fields | None = None,
    ) -> None:
        if (
            unimplemented,
            abort,
            call,
            return_,
            finish,
            resolve,
            release,
            obsolete_save,
            bootstrap,
            obsolete_delete,
            provide,
            accept,
            join,
            disembargo,
        ).count(None) < 13:
            raise _rt.two_members(
                self,
                "unimplemented",
                "abort",
                "call",
                "return_",
                "finish",
                "resolve",
                "release",
                "obsolete_save",
                "bootstrap",
                "obsolete_delete",
                "provide",
                "accept",
                "join",
                "disembargo",
            )
        if unimplemented is not None:
            self._put_struct(Message_Builder, 0, unimplemented)
            _rt.pack_u16(self._s, self._o + 0, 0)
        if abort is not None:
            self._put_struct(Exception_Builder, 0, abort)
            _rt.pack_u16(self._s, self._o + 0, 1)
        if call is not None:
            self._put_struct(Call_Builder, 0, call)
            _rt.pack_u16(self._s, self._o + 0, 2)
        if return_ is not None:
            self._put_struct(Return_Builder, 0, return_)
            _rt.pack_u16(self._s, self._o + 0, 3)
        if finish is not None:
            self._put_struct(Finish_Builder, 0, finish)
            _rt.pack_u16(self._s, self._o + 0, 4)
        if resolve is not None:
            self._put_struct(Resolve_Builder, 0, resolve)
            _rt.pack_u16(self._s, self._o + 0, 5)
        if release is not None:
            self._put_struct(Release_Builder, 0, release)
            _rt.pack_u16(self._s, self._o + 0, 6)
        if obsolete_save is not None:
            _rt.any_builder(self, 0).set(obsolete_save)
            _rt.pack_u16(self._s, self._o + 0, 7)
        if bootstrap is not None:
            self._put_struct(Bootstrap_Builder, 0, bootstrap)
            _rt.pack_u16(self._s, self._o + 0, 8)
        if obsolete_delete is not None:
            _rt.any_builder(self, 0).set(obsolete_delete)
            _rt.pack_u16(self._s, self._o + 0, 9)
        if provide is not None:
            self._put_struct(Provide_Builder, 0, provide)
            _rt.pack_u16(self._s, self._o + 0, 10)
        if accept is not None:
            self._put_struct(Accept_Builder, 0, accept)
            _rt.pack_u16(self._s, self._o + 0, 11)
        if join is not None:
            self._put_struct(Join_Builder, 0, join)
            _rt.pack_u16(self._s, self._o + 0, 12)
        if disembargo is not None:
            self._put_struct(Disembargo_Builder, 0, disembargo)
            _rt.pack_u16(self._s, self._o + 0, 13)


class Message_Capabilities(_rt.Pipeline):
    """What can be called before a Message is there."""

    __slots__ = ()

    @property
    def unimplemented(self) -> Message_Pipeline:
        return self._inside(Message_Pipeline, 0)

    @property
    def call(self) -> Call_Pipeline:
        return self._inside(Call_Pipeline, 0)

    @property
    def return_(self) -> Return_Pipeline:
        return self._inside(Return_Pipeline, 0)

    @property
    def resolve(self) -> Resolve_Pipeline:
        return self._inside(Resolve_Pipeline, 0)

    @property
    def obsolete_save(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)

    @property
    def bootstrap(self) -> Bootstrap_Pipeline:
        return self._inside(Bootstrap_Pipeline, 0)

    @property
    def obsolete_delete(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)

    @property
    def provide(self) -> Provide_Pipeline:
        return self._inside(Provide_Pipeline, 0)

    @property
    def accept(self) -> Accept_Pipeline:
        return self._inside(Accept_Pipeline, 0)

    @property
    def join(self) -> Join_Pipeline:
        return self._inside(Join_Pipeline, 0)


class Message_Pipeline(Message_Capabilities):
    """A Message inside results that are still to come."""

    __slots__ = ()


class Message_Promise(Message_Capabilities, _rt.PendingCall[Message]):
    """A call whose results are a Message."""

    __slots__ = ()
    _results = Message


if _rt.TYPE_CHECKING:

    class Bootstrap_Fields(_rt.TypedDict, total=False):
        """The fields of Bootstrap, for construction; those left out keep their defaults."""

        question_id: int
        deprecated_object_id: _rt.AnyValue


class Bootstrap(_rt.StructReader):
    """**(level 0)**

    Get the "bootstrap" interface exported by the remote vat.

    For level 0, 1, and 2 implementations, the "bootstrap" interface is simply the main interface
    exported by a vat. If the vat acts as a server fielding connections from clients, then the
    bootstrap interface defines the basic functionality available to a client when it connects.
    The exact interface definition obviously depends on the application.

    We call this a "bootstrap" because in an ideal Cap'n Proto world, bootstrap interfaces would
    never be used. In such a world, any time you connect to a new vat, you do so because you
    received an introduction from some other vat (see `ThirdPartyCapId`). Thus, the first message
    you send is `Accept`, and further communications derive from there. `Bootstrap` is not used.

    In such an ideal world, DNS itself would support Cap'n Proto -- performing a DNS lookup would
    actually return a new Cap'n Proto capability, thus introducing you to the target system via
    level 3 RPC. Applications would receive the capability to talk to DNS in the first place as
    an initial endowment or part of a Powerbox interaction. Therefore, an app can form arbitrary
    connections without ever using `Bootstrap`.

    Of course, in the real world, DNS is not Cap'n-Proto-based, and we don't want Cap'n Proto to
    require a whole new internet infrastructure to be useful. Therefore, we offer bootstrap
    interfaces as a way to get up and running without a level 3 introduction. Thus, bootstrap
    interfaces are used to "bootstrap" from other, non-Cap'n-Proto-based means of service discovery,
    such as legacy DNS.

    Note that a vat need not provide a bootstrap interface, and in fact many vats (especially those
    acting as clients) do not. In this case, the vat should either reply to `Bootstrap` with a
    `Return` indicating an exception, or should return a dummy capability with no methods.
    """

    __slots__ = ()
    _size = (1, 1)
    _id = 0xE94CCF8031176EC4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Bootstrap_Builder"

    @property
    def question_id(self) -> int:
        """A new question ID identifying this request, which will eventually receive a Return message
        containing the restored capability.
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def deprecated_object_id(self) -> _rt.AnyPointerReader:
        """** DEPRECATED **

        A Vat may export multiple bootstrap interfaces. In this case, `deprecatedObjectId` specifies
        which one to return. If this pointer is null, then the default bootstrap interface is returned.

        As of version 0.5, use of this field is deprecated. If a service wants to export multiple
        bootstrap interfaces, it should instead define a single bootstrap interface that has methods
        that return each of the other interfaces.

        **History**

        In the first version of Cap'n Proto RPC (0.4.x) the `Bootstrap` message was called `Restore`.
        At the time, it was thought that this would eventually serve as the way to restore SturdyRefs
        (level 2). Meanwhile, an application could offer its "main" interface on a well-known
        (non-secret) SturdyRef.

        Since level 2 RPC was not implemented at the time, the `Restore` message was in practice only
        used to obtain the main interface. Since most applications had only one main interface that
        they wanted to restore, they tended to designate this with a null `objectId`.

        Unfortunately, the earliest version of the EZ RPC interfaces set a precedent of exporting
        multiple main interfaces by allowing them to be exported under string names. In this case,
        `objectId` was a Text value specifying the name.

        All of this proved problematic for several reasons:

        - The arrangement assumed that a client wishing to restore a SturdyRef would know exactly what
          machine to connect to and would be able to immediately restore a SturdyRef on connection.
          However, in practice, the ability to restore SturdyRefs is itself a capability that may
          require going through an authentication process to obtain. Thus, it makes more sense to
          define a "restorer service" as a full Cap'n Proto interface. If this restorer interface is
          offered as the vat's bootstrap interface, then this is equivalent to the old arrangement.

        - Overloading "Restore" for the purpose of obtaining well-known capabilities encouraged the
          practice of exporting singleton services with string names. If singleton services are desired,
          it is better to have one main interface that has methods that can be used to obtain each
          service, in order to get all the usual benefits of schemas and type checking.

        - Overloading "Restore" also had a security problem: Often, "main" or "well-known"
          capabilities exported by a vat are in fact not public: they are intended to be accessed only
          by clients who are capable of forming a connection to the vat. This can lead to trouble if
          the client itself has other clients and wishes to forward some `Restore` requests from those
          external clients -- it has to be very careful not to allow through `Restore` requests
          addressing the default capability.

          For example, consider the case of a sandboxed Sandstorm application and its supervisor. The
          application exports a default capability to its supervisor that provides access to
          functionality that only the supervisor is supposed to access. Meanwhile, though, applications
          may publish other capabilities that may be persistent, in which case the application needs
          to field `Restore` requests that could come from anywhere. These requests of course have to
          pass through the supervisor, as all communications with the outside world must. But, the
          supervisor has to be careful not to honor an external request addressing the application's
          default capability, since this capability is privileged. Unfortunately, the default
          capability cannot be given an unguessable name, because then the supervisor itself would not
          be able to address it!

        As of Cap'n Proto 0.5, `Restore` has been renamed to `Bootstrap` and is no longer planned for
        use in restoring SturdyRefs.

        Note that 0.4 also defined a message type called `Delete` that, like `Restore`, addressed a
        SturdyRef, but indicated that the client would not restore the ref again in the future. This
        operation was never implemented, so it was removed entirely. If a "delete" operation is desired,
        it should exist as a method on the same interface that handles restoring SturdyRefs. However,
        the utility of such an operation is questionable. You wouldn't be able to rely on it for
        garbage collection since a client could always disappear permanently without remembering to
        delete all its SturdyRefs, thus leaving them dangling forever. Therefore, it is advisable to
        design systems such that SturdyRefs never represent "owned" pointers.

        For example, say a SturdyRef points to an image file hosted on some server. That image file
        should also live inside a collection (a gallery, perhaps) hosted on the same server, owned by
        a user who can delete the image at any time. If the user deletes the image, the SturdyRef
        stops working. On the other hand, if the SturdyRef is discarded, this has no effect on the
        existence of the image in its collection.
        """
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Bootstrap_Fields]) -> Bootstrap_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Bootstrap_Builder)
        if fields:
            built._fill(**fields)
        return built


class Bootstrap_Builder(Bootstrap, _rt.StructBuilder):
    """Builder of Bootstrap."""

    __slots__ = ()

    @property
    def question_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @question_id.setter
    def question_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "question_id")

    @property
    def deprecated_object_id(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @deprecated_object_id.setter
    def deprecated_object_id(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    def _fill(
        self,
        *,
        question_id: int = 0,
        deprecated_object_id: _rt.AnyValue | None = None,
    ) -> None:
        try:
            _PACK_Bootstrap(self._s, self._o, question_id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.question_id = question_id
            raise
        if deprecated_object_id is not None:
            _rt.any_builder(self, 0).set(deprecated_object_id)


class Bootstrap_Capabilities(_rt.Pipeline):
    """What can be called before a Bootstrap is there."""

    __slots__ = ()

    @property
    def deprecated_object_id(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Bootstrap_Pipeline(Bootstrap_Capabilities):
    """A Bootstrap inside results that are still to come."""

    __slots__ = ()


class Bootstrap_Promise(Bootstrap_Capabilities, _rt.PendingCall[Bootstrap]):
    """A call whose results are a Bootstrap."""

    __slots__ = ()
    _results = Bootstrap


if _rt.TYPE_CHECKING:

    class Call_SendResultsTo_Fields(_rt.TypedDict, total=False):
        """The fields of Call_SendResultsTo, for construction; those left out keep their defaults."""

        caller: bool
        yourself: bool
        third_party: _rt.AnyValue


class Call_SendResultsTo(_rt.StructReader):
    """Where should the return message be sent?"""

    __slots__ = ()
    _size = (3, 3)
    _id = 0xDAE8B0F61AAB5F99

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Call_SendResultsTo_Builder"

    @property
    def which(self) -> _rt.Literal["caller", "yourself", "third_party", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(6)
        return ("caller", "yourself", "third_party")[tag] if tag < 3 else "unknown"

    @property
    def caller(self) -> None:
        """Send the return message back to the caller (the usual)."""
        if self._tag(6) != 0:
            raise _rt.inactive(self, "caller")
        return None

    @property
    def yourself(self) -> None:
        """**(level 1)**

        Don't actually return the results to the sender.  Instead, hold on to them and await
        instructions from the sender regarding what to do with them.  In particular, the sender
        may subsequently send a `Return` for some other call (which the receiver had previously made
        to the sender) with `takeFromOtherQuestion` set.  The results from this call are then used
        as the results of the other call.

        When `yourself` is used, the receiver must still send a `Return` for the call, but sets the
        field `resultsSentElsewhere` in that `Return` rather than including the results.

        This feature can be used to implement tail calls in which a call from Vat A to Vat B ends up
        returning the result of a call from Vat B back to Vat A.

        In particular, the most common use case for this feature is when Vat A makes a call to a
        promise in Vat B, and then that promise ends up resolving to a capability back in Vat A.
        Vat B must forward all the queued calls on that promise back to Vat A, but can set `yourself`
        in the calls so that the results need not pass back through Vat B.

        For example:
        - Alice, in Vat A, calls foo() on Bob in Vat B.
        - Alice makes a pipelined call bar() on the promise returned by foo().
        - Later on, Bob resolves the promise from foo() to point at Carol, who lives in Vat A (next
          to Alice).
        - Vat B dutifully forwards the bar() call to Carol.  Let us call this forwarded call bar'().
          Notice that bar() and bar'() are travelling in opposite directions on the same network
          link.
        - The `Call` for bar'() has `sendResultsTo` set to `yourself`.
        - Vat B sends a `Return` for bar() with `takeFromOtherQuestion` set in place of the results,
          with the value set to the question ID of bar'().  Vat B does not wait for bar'() to return,
          as doing so would introduce unnecessary round trip latency.
        - Vat A receives bar'() and delivers it to Carol.
        - When bar'() returns, Vat A sends a `Return` for bar'() to Vat B, with `resultsSentElsewhere`
          set in place of results.
        - Vat A sends a `Finish` for the bar() call to Vat B.
        - Vat B receives the `Finish` for bar() and sends a `Finish` for bar'().
        """
        if self._tag(6) != 1:
            raise _rt.inactive(self, "yourself")
        return None

    @property
    def third_party(self) -> _rt.AnyPointerReader:
        """**(level 3)**

        The call's result should be returned to a different vat.  The receiver (the callee) expects
        to receive an `Accept` message from the indicated vat, and should return the call's result
        to it, rather than to the sender of the `Call`.

        This operates much like `yourself`, above, except that Carol is in a separate Vat C.  `Call`
        messages are sent from Vat A -> Vat B and Vat B -> Vat C.  A `Return` message is sent from
        Vat B -> Vat A that contains `acceptFromThirdParty` in place of results.  When Vat A sends
        an `Accept` to Vat C, it receives back a `Return` containing the call's actual result.  Vat C
        also sends a `Return` to Vat B with `resultsSentElsewhere`.
        """
        if self._tag(6) != 2:
            raise _rt.inactive(self, "third_party")
        return _rt.any_reader(self, 16)


class Call_SendResultsTo_Builder(Call_SendResultsTo, _rt.StructBuilder):
    """Builder of Call_SendResultsTo."""

    __slots__ = ()

    @property
    def caller(self) -> None:
        if self._tag(6) != 0:
            raise _rt.inactive(self, "caller")
        return None

    @caller.setter
    def caller(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 6, 0)

    @property
    def yourself(self) -> None:
        if self._tag(6) != 1:
            raise _rt.inactive(self, "yourself")
        return None

    @yourself.setter
    def yourself(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 6, 1)

    @property
    def third_party(self) -> _rt.AnyPointerBuilder:
        if self._tag(6) != 2:
            raise _rt.inactive(self, "third_party")
        return _rt.any_builder(self, 16)

    @third_party.setter
    def third_party(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 16).set(value)
        _rt.pack_u16(self._s, self._o + 6, 2)

    def _fill(
        self,
        *,
        caller: bool | None = None,
        yourself: bool | None = None,
        third_party: _rt.AnyValue | None = None,
    ) -> None:
        if (caller, yourself, third_party).count(None) < 2:
            raise _rt.two_members(self, "caller", "yourself", "third_party")
        if caller is not None:
            _rt.pack_u16(self._s, self._o + 6, 0)
        if yourself is not None:
            _rt.pack_u16(self._s, self._o + 6, 1)
        if third_party is not None:
            _rt.any_builder(self, 16).set(third_party)
            _rt.pack_u16(self._s, self._o + 6, 2)


class Call_SendResultsTo_Capabilities(_rt.Pipeline):
    """What can be called before a Call_SendResultsTo is there."""

    __slots__ = ()

    @property
    def third_party(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 2)


class Call_SendResultsTo_Pipeline(Call_SendResultsTo_Capabilities):
    """A Call_SendResultsTo inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Call_Fields(_rt.TypedDict, total=False):
        """The fields of Call, for construction; those left out keep their defaults."""

        question_id: int
        target: MessageTarget | MessageTarget_Fields
        interface_id: int
        method_id: int
        params: Payload | Payload_Fields
        send_results_to: Call_SendResultsTo_Fields
        allow_third_party_tail_call: bool
        no_promise_pipelining: bool
        only_promise_pipeline: bool


class Call(_rt.StructReader):
    """**(level 0)**

    Message type initiating a method call on a capability.
    """

    __slots__ = ()
    _size = (3, 3)
    _id = 0x836A53CE789D4CD4

    SendResultsTo: _rt.TypeAlias = Call_SendResultsTo
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Call_Builder"

    @property
    def question_id(self) -> int:
        """A number, chosen by the caller, that identifies this call in future messages.  This number
        must be different from all other calls originating from the same end of the connection (but
        may overlap with question IDs originating from the opposite end).  A fine strategy is to use
        sequential question IDs, but the recipient should not assume this.

        A question ID can be reused once both:
        - A matching Return has been received from the callee.
        - A matching Finish has been sent from the caller.
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def target(self) -> MessageTarget:
        """The object that should receive this call."""
        return self._struct(MessageTarget, 0)

    @property
    def has_target(self) -> bool:
        return self._has(0)

    @property
    def interface_id(self) -> int:
        """The type ID of the interface being called.  Each capability may implement multiple interfaces."""
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def method_id(self) -> int:
        """The ordinal number of the method to call within the requested interface."""
        o = self._o + 4
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def params(self) -> Payload:
        """The call parameters.  `params.content` is a struct whose fields correspond to the parameters of
        the method.
        """
        return self._struct(Payload, 8)

    @property
    def has_params(self) -> bool:
        return self._has(8)

    @property
    def send_results_to(self) -> Call_SendResultsTo:
        """Where should the return message be sent?"""
        return Call_SendResultsTo(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def allow_third_party_tail_call(self) -> bool:
        """Indicates whether or not the receiver is allowed to send a `Return` containing
        `acceptFromThirdParty`.  Level 3 implementations should set this true.  Otherwise, the callee
        will have to proxy the return in the case of a tail call to a third-party vat.
        """
        o = self._o + 16
        return o < self._p and self._s[o] & 1 != 0

    @property
    def no_promise_pipelining(self) -> bool:
        """If true, the sender promises that it won't make any promise-pipelined calls on the results of
        this call. If it breaks this promise, the receiver may throw an arbitrary error from such
        calls.

        The receiver may use this as an optimization, by skipping the bookkeeping needed for pipelining
        when no pipelined calls are expected. The sender typically sets this to false when the method's
        schema does not specify any return capabilities.
        """
        o = self._o + 16
        return o < self._p and self._s[o] & 2 != 0

    @property
    def only_promise_pipeline(self) -> bool:
        """If true, the sender only plans to use this call to make pipelined calls. The receiver need not
        send a `Return` message (but is still allowed to do so).

        Since the sender does not know whether a `Return` will be sent, it must release all state
        related to the call when it sends `Finish`. However, in the case that the callee does not
        recognize this hint and chooses to send a `Return`, then technically the caller is not allowed
        to reuse the question ID until it receives said `Return`. This creates a conundrum: How does
        the caller decide when it's OK to reuse the ID? To sidestep the problem, the C++ implementation
        uses high-numbered IDs (with the high-order bit set) for such calls, and cycles through the
        IDs in order. If all 2^31 IDs in this space are used without ever seeing a `Return`, then the
        implementation assumes that the other end is in fact honoring the hint, and the ID counter is
        allowed to loop around. If a `Return` is ever seen when `onlyPromisePipeline` was set, then
        the implementation stops using this hint.
        """
        o = self._o + 16
        return o < self._p and self._s[o] & 4 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Call_Fields]) -> Call_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Call_Builder)
        if fields:
            built._fill(**fields)
        return built


class Call_Builder(Call, _rt.StructBuilder):
    """Builder of Call."""

    __slots__ = ()

    @property
    def question_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @question_id.setter
    def question_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "question_id")

    @property
    def target(self) -> MessageTarget_Builder:
        return self._struct_builder(MessageTarget_Builder, 0)

    @target.setter
    def target(self, value: MessageTarget | MessageTarget_Fields) -> None:
        self._put_struct(MessageTarget_Builder, 0, value)

    def init_target(self) -> MessageTarget_Builder:
        return self._init_struct(MessageTarget_Builder, 0)

    @property
    def interface_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @interface_id.setter
    def interface_id(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "interface_id")

    @property
    def method_id(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 4)[0]

    @method_id.setter
    def method_id(self, value: int) -> None:
        _rt.put_u16(self, 4, value, "method_id")

    @property
    def params(self) -> Payload_Builder:
        return self._struct_builder(Payload_Builder, 8)

    @params.setter
    def params(self, value: Payload | Payload_Fields) -> None:
        self._put_struct(Payload_Builder, 8, value)

    def init_params(self) -> Payload_Builder:
        return self._init_struct(Payload_Builder, 8)

    @property
    def send_results_to(self) -> Call_SendResultsTo_Builder:
        return Call_SendResultsTo_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def allow_third_party_tail_call(self) -> bool:
        return self._s[self._o + 16] & 1 != 0

    @allow_third_party_tail_call.setter
    def allow_third_party_tail_call(self, value: bool) -> None:
        _rt.put_bool(self, 16, 1, value)

    @property
    def no_promise_pipelining(self) -> bool:
        return self._s[self._o + 16] & 2 != 0

    @no_promise_pipelining.setter
    def no_promise_pipelining(self, value: bool) -> None:
        _rt.put_bool(self, 16, 2, value)

    @property
    def only_promise_pipeline(self) -> bool:
        return self._s[self._o + 16] & 4 != 0

    @only_promise_pipeline.setter
    def only_promise_pipeline(self, value: bool) -> None:
        _rt.put_bool(self, 16, 4, value)

    def _fill(
        self,
        *,
        question_id: int = 0,
        target: MessageTarget | MessageTarget_Fields | None = None,
        interface_id: int = 0,
        method_id: int = 0,
        params: Payload | Payload_Fields | None = None,
        send_results_to: Call_SendResultsTo_Fields | None = None,
        allow_third_party_tail_call: bool = False,
        no_promise_pipelining: bool = False,
        only_promise_pipeline: bool = False,
    ) -> None:
        try:
            _PACK_Call(
                self._s,
                self._o,
                question_id,
                method_id,
                interface_id,
                (1 if allow_third_party_tail_call else 0)
                | (2 if no_promise_pipelining else 0)
                | (4 if only_promise_pipeline else 0),
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            (
                self.question_id,
                self.method_id,
                self.interface_id,
                self.allow_third_party_tail_call,
                self.no_promise_pipelining,
                self.only_promise_pipeline,
            ) = (
                question_id,
                method_id,
                interface_id,
                allow_third_party_tail_call,
                no_promise_pipelining,
                only_promise_pipeline,
            )
            raise
        if target is not None:
            self._put_struct(MessageTarget_Builder, 0, target)
        if params is not None:
            self._put_struct(Payload_Builder, 8, params)
        if send_results_to is not None:
            self.send_results_to._fill(**send_results_to)


class Call_Capabilities(_rt.Pipeline):
    """What can be called before a Call is there."""

    __slots__ = ()

    @property
    def params(self) -> Payload_Pipeline:
        return self._inside(Payload_Pipeline, 1)

    @property
    def send_results_to(self) -> Call_SendResultsTo_Pipeline:
        return self._inside(Call_SendResultsTo_Pipeline)


class Call_Pipeline(Call_Capabilities):
    """A Call inside results that are still to come."""

    __slots__ = ()


class Call_Promise(Call_Capabilities, _rt.PendingCall[Call]):
    """A call whose results are a Call."""

    __slots__ = ()
    _results = Call


if _rt.TYPE_CHECKING:

    class Return_Fields(_rt.TypedDict, total=False):
        """The fields of Return, for construction; those left out keep their defaults."""

        answer_id: int
        release_param_caps: bool
        results: Payload | Payload_Fields
        exception: Exception | Exception_Fields
        canceled: bool
        results_sent_elsewhere: bool
        take_from_other_question: int
        accept_from_third_party: _rt.AnyValue
        no_finish_needed: bool


class Return(_rt.StructReader):
    """**(level 0)**

    Message type sent from callee to caller indicating that the call has completed.
    """

    __slots__ = ()
    _size = (2, 1)
    _id = 0x9E19B28D3DB3573A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Return_Builder"

    @property
    def which(
        self,
    ) -> _rt.Literal[
        "results",
        "exception",
        "canceled",
        "results_sent_elsewhere",
        "take_from_other_question",
        "accept_from_third_party",
        "unknown",
    ]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(6)
        return (
            (
                "results",
                "exception",
                "canceled",
                "results_sent_elsewhere",
                "take_from_other_question",
                "accept_from_third_party",
            )[tag]
            if tag < 6
            else "unknown"
        )

    @property
    def answer_id(self) -> int:
        """Equal to the QuestionId of the corresponding `Call` message."""
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def release_param_caps(self) -> bool:
        """If true, all capabilities that were in the params should be considered released.  The sender
        must not send separate `Release` messages for them.  Level 0 implementations in particular
        should always set this true.  This defaults true because if level 0 implementations forget to
        set it they'll never notice (just silently leak caps), but if level >=1 implementations forget
        to set it to false they'll quickly get errors.

        The receiver should act as if the sender had sent a release message with count=1 for each
        CapDescriptor in the original Call message.
        """
        o = self._o + 4
        return o >= self._p or self._s[o] & 1 == 0

    @property
    def results(self) -> Payload:
        """The result.

        For regular method calls, `results.content` points to the result struct.

        For a `Return` in response to an `Accept` or `Bootstrap`, `results` contains a single
        capability (rather than a struct), and `results.content` is just a capability pointer with
        index 0.  A `Finish` is still required in this case.
        """
        if self._tag(6) != 0:
            raise _rt.inactive(self, "results")
        return self._struct(Payload, 0)

    @property
    def has_results(self) -> bool:
        return self._tag(6) == 0 and self._has(0)

    @property
    def exception(self) -> Exception:
        """Indicates that the call failed and explains why."""
        if self._tag(6) != 1:
            raise _rt.inactive(self, "exception")
        return self._struct(Exception, 0)

    @property
    def has_exception(self) -> bool:
        return self._tag(6) == 1 and self._has(0)

    @property
    def canceled(self) -> None:
        """Indicates that the call was canceled due to the caller sending a Finish message
        before the call had completed.
        """
        if self._tag(6) != 2:
            raise _rt.inactive(self, "canceled")
        return None

    @property
    def results_sent_elsewhere(self) -> None:
        """This is set when returning from a `Call` that had `sendResultsTo` set to something other
        than `caller`.

        It doesn't matter too much when this is sent, as the receiver doesn't need to do anything
        with it, but the C++ implementation appears to wait for the call to finish before sending
        this.
        """
        if self._tag(6) != 3:
            raise _rt.inactive(self, "results_sent_elsewhere")
        return None

    @property
    def take_from_other_question(self) -> int:
        """The sender has also sent (before this message) a `Call` with the given question ID and with
        `sendResultsTo.yourself` set, and the results of that other call should be used as the
        results here.  `takeFromOtherQuestion` can only used once per question.
        """
        if self._tag(6) != 4:
            raise _rt.inactive(self, "take_from_other_question")
        o = self._o + 8
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def accept_from_third_party(self) -> _rt.AnyPointerReader:
        """**(level 3)**

        The caller should contact a third-party vat to pick up the results.  An `Accept` message
        sent to the vat will return the result.  This pairs with `Call.sendResultsTo.thirdParty`.
        It should only be used if the corresponding `Call` had `allowThirdPartyTailCall` set.
        """
        if self._tag(6) != 5:
            raise _rt.inactive(self, "accept_from_third_party")
        return _rt.any_reader(self, 0)

    @property
    def no_finish_needed(self) -> bool:
        """If true, the sender does not need the receiver to send a `Finish` message; its answer table
        entry has already been cleaned up. This implies that the results do not contain any
        capabilities, since the `Finish` message would normally release those capabilities from
        promise pipelining responsibility. The caller may still send a `Finish` message if it wants,
        which will be silently ignored by the callee.
        """
        o = self._o + 4
        return o < self._p and self._s[o] & 2 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Return_Fields]) -> Return_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Return_Builder)
        if fields:
            built._fill(**fields)
        return built


class Return_Builder(Return, _rt.StructBuilder):
    """Builder of Return."""

    __slots__ = ()

    @property
    def answer_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @answer_id.setter
    def answer_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "answer_id")

    @property
    def release_param_caps(self) -> bool:
        return self._s[self._o + 4] & 1 == 0

    @release_param_caps.setter
    def release_param_caps(self, value: bool) -> None:
        _rt.put_bool(self, 4, 1, not value)

    @property
    def results(self) -> Payload_Builder:
        if self._tag(6) != 0:
            raise _rt.inactive(self, "results")
        return self._struct_builder(Payload_Builder, 0)

    @results.setter
    def results(self, value: Payload | Payload_Fields) -> None:
        self._put_struct(Payload_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 6, 0)

    def init_results(self) -> Payload_Builder:
        _rt.pack_u16(self._s, self._o + 6, 0)
        return self._init_struct(Payload_Builder, 0)

    @property
    def exception(self) -> Exception_Builder:
        if self._tag(6) != 1:
            raise _rt.inactive(self, "exception")
        return self._struct_builder(Exception_Builder, 0)

    @exception.setter
    def exception(self, value: Exception | Exception_Fields) -> None:
        self._put_struct(Exception_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 6, 1)

    def init_exception(self) -> Exception_Builder:
        _rt.pack_u16(self._s, self._o + 6, 1)
        return self._init_struct(Exception_Builder, 0)

    @property
    def canceled(self) -> None:
        if self._tag(6) != 2:
            raise _rt.inactive(self, "canceled")
        return None

    @canceled.setter
    def canceled(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 6, 2)

    @property
    def results_sent_elsewhere(self) -> None:
        if self._tag(6) != 3:
            raise _rt.inactive(self, "results_sent_elsewhere")
        return None

    @results_sent_elsewhere.setter
    def results_sent_elsewhere(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 6, 3)

    @property
    def take_from_other_question(self) -> int:
        if self._tag(6) != 4:
            raise _rt.inactive(self, "take_from_other_question")
        return _rt.unpack_u32(self._s, self._o + 8)[0]

    @take_from_other_question.setter
    def take_from_other_question(self, value: int) -> None:
        _rt.put_u32(self, 8, value, "take_from_other_question")
        _rt.pack_u16(self._s, self._o + 6, 4)

    @property
    def accept_from_third_party(self) -> _rt.AnyPointerBuilder:
        if self._tag(6) != 5:
            raise _rt.inactive(self, "accept_from_third_party")
        return _rt.any_builder(self, 0)

    @accept_from_third_party.setter
    def accept_from_third_party(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)
        _rt.pack_u16(self._s, self._o + 6, 5)

    @property
    def no_finish_needed(self) -> bool:
        return self._s[self._o + 4] & 2 != 0

    @no_finish_needed.setter
    def no_finish_needed(self, value: bool) -> None:
        _rt.put_bool(self, 4, 2, value)

    def _fill(
        self,
        *,
        answer_id: int = 0,
        release_param_caps: bool = True,
        results: Payload | Payload_Fields | None = None,
        exception: Exception | Exception_Fields | None = None,
        canceled: bool | None = None,
        results_sent_elsewhere: bool | None = None,
        take_from_other_question: int | None = None,
        accept_from_third_party: _rt.AnyValue | None = None,
        no_finish_needed: bool = False,
    ) -> None:
        if (
            results,
            exception,
            canceled,
            results_sent_elsewhere,
            take_from_other_question,
            accept_from_third_party,
        ).count(None) < 5:
            raise _rt.two_members(
                self,
                "results",
                "exception",
                "canceled",
                "results_sent_elsewhere",
                "take_from_other_question",
                "accept_from_third_party",
            )
        try:
            _PACK_Return(
                self._s, self._o, answer_id, (0 if release_param_caps else 1) | (2 if no_finish_needed else 0)
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.answer_id, self.release_param_caps, self.no_finish_needed = (
                answer_id,
                release_param_caps,
                no_finish_needed,
            )
            raise
        if results is not None:
            self._put_struct(Payload_Builder, 0, results)
            _rt.pack_u16(self._s, self._o + 6, 0)
        if exception is not None:
            self._put_struct(Exception_Builder, 0, exception)
            _rt.pack_u16(self._s, self._o + 6, 1)
        if canceled is not None:
            _rt.pack_u16(self._s, self._o + 6, 2)
        if results_sent_elsewhere is not None:
            _rt.pack_u16(self._s, self._o + 6, 3)
        if take_from_other_question is not None:
            _rt.put_u32(self, 8, take_from_other_question, "take_from_other_question")
            _rt.pack_u16(self._s, self._o + 6, 4)
        if accept_from_third_party is not None:
            _rt.any_builder(self, 0).set(accept_from_third_party)
            _rt.pack_u16(self._s, self._o + 6, 5)


class Return_Capabilities(_rt.Pipeline):
    """What can be called before a Return is there."""

    __slots__ = ()

    @property
    def results(self) -> Payload_Pipeline:
        return self._inside(Payload_Pipeline, 0)

    @property
    def accept_from_third_party(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Return_Pipeline(Return_Capabilities):
    """A Return inside results that are still to come."""

    __slots__ = ()


class Return_Promise(Return_Capabilities, _rt.PendingCall[Return]):
    """A call whose results are a Return."""

    __slots__ = ()
    _results = Return


if _rt.TYPE_CHECKING:

    class Finish_Fields(_rt.TypedDict, total=False):
        """The fields of Finish, for construction; those left out keep their defaults."""

        question_id: int
        release_result_caps: bool
        require_early_cancellation_workaround: bool


class Finish(_rt.StructReader):
    """**(level 0)**

    Message type sent from the caller to the callee to indicate:
    1) The questionId will no longer be used in any messages sent by the callee (no further
       pipelined requests).
    2) If the call has not returned yet, the caller no longer cares about the result.  If nothing
       else cares about the result either (e.g. there are no other outstanding calls pipelined on
       the result of this one) then the callee may wish to immediately cancel the operation and
       send back a Return message with "canceled" set.  However, implementations are not required
       to support premature cancellation -- instead, the implementation may wait until the call
       actually completes and send a normal `Return` message.

    TODO(someday): Should we separate (1) and implicitly releasing result capabilities?  It would be
      possible and useful to notify the server that it doesn't need to keep around the response to
      service pipeline requests even though the caller still wants to receive it / hasn't yet
      finished processing it.  It could also be useful to notify the server that it need not marshal
      the results because the caller doesn't want them anyway, even if the caller is still sending
      pipelined calls, although this seems less useful (just saving some bytes on the wire).
    """

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD37D2EB2C2F80E63

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Finish_Builder"

    @property
    def question_id(self) -> int:
        """ID of the call whose result is to be released."""
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def release_result_caps(self) -> bool:
        """If true, all capabilities that were in the results should be considered released.  The sender
        must not send separate `Release` messages for them.  Level 0 implementations in particular
        should always set this true.  This defaults true because if level 0 implementations forget to
        set it they'll never notice (just silently leak caps), but if level >=1 implementations forget
        set it false they'll quickly get errors.
        """
        o = self._o + 4
        return o >= self._p or self._s[o] & 1 == 0

    @property
    def require_early_cancellation_workaround(self) -> bool:
        """If true, if the RPC system receives this Finish message before the original call has even been
        delivered, it should defer cancellation util after delivery. In particular, this gives the
        destination object a chance to opt out of cancellation, e.g. as controlled by the
        `allowCancellation` annotation defined in `c++.capnp`.

        This is a work-around. Versions 1.0 and up of Cap'n Proto always set this to false. However,
        older versions of Cap'n Proto unintentionally exhibited this errant behavior by default, and
        as a result programs built with older versions could be inadvertently relying on their peers
        to implement the behavior. The purpose of this flag is to let newer versions know when the
        peer is an older version, so that it can attempt to work around the issue.

        See also comments in handleFinish() in rpc.c++ for more details.
        """
        o = self._o + 4
        return o >= self._p or self._s[o] & 2 == 0

    @staticmethod
    def new(**fields: _rt.Unpack[Finish_Fields]) -> Finish_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Finish_Builder)
        if fields:
            built._fill(**fields)
        return built


class Finish_Builder(Finish, _rt.StructBuilder):
    """Builder of Finish."""

    __slots__ = ()

    @property
    def question_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @question_id.setter
    def question_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "question_id")

    @property
    def release_result_caps(self) -> bool:
        return self._s[self._o + 4] & 1 == 0

    @release_result_caps.setter
    def release_result_caps(self, value: bool) -> None:
        _rt.put_bool(self, 4, 1, not value)

    @property
    def require_early_cancellation_workaround(self) -> bool:
        return self._s[self._o + 4] & 2 == 0

    @require_early_cancellation_workaround.setter
    def require_early_cancellation_workaround(self, value: bool) -> None:
        _rt.put_bool(self, 4, 2, not value)

    def _fill(
        self,
        *,
        question_id: int = 0,
        release_result_caps: bool = True,
        require_early_cancellation_workaround: bool = True,
    ) -> None:
        try:
            _PACK_Finish(
                self._s,
                self._o,
                question_id,
                (0 if release_result_caps else 1) | (0 if require_early_cancellation_workaround else 2),
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.question_id, self.release_result_caps, self.require_early_cancellation_workaround = (
                question_id,
                release_result_caps,
                require_early_cancellation_workaround,
            )
            raise


class Finish_Promise(_rt.PendingCall[Finish]):
    """A call whose results are a Finish."""

    __slots__ = ()
    _results = Finish


if _rt.TYPE_CHECKING:

    class Resolve_Fields(_rt.TypedDict, total=False):
        """The fields of Resolve, for construction; those left out keep their defaults."""

        promise_id: int
        cap: CapDescriptor | CapDescriptor_Fields
        exception: Exception | Exception_Fields


class Resolve(_rt.StructReader):
    """**(level 1)**

    Message type sent to indicate that a previously-sent promise has now been resolved to some other
    object (possibly another promise) -- or broken, or canceled.

    Keep in mind that it's possible for a `Resolve` to be sent to a level 0 implementation that
    doesn't implement it.  For example, a method call or return might contain a capability in the
    payload.  Normally this is fine even if the receiver is level 0, because they will implicitly
    release all such capabilities on return / finish.  But if the cap happens to be a promise, then
    a follow-up `Resolve` may be sent regardless of this release.  The level 0 receiver will reply
    with an `unimplemented` message, and the sender (of the `Resolve`) can respond to this as if the
    receiver had immediately released any capability to which the promise resolved.

    When implementing promise resolution, it's important to understand how embargos work and the
    tricky case of the Tribble 4-way race condition. See the comments for the Disembargo message,
    below.
    """

    __slots__ = ()
    _size = (1, 1)
    _id = 0xBBC29655FA89086E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Resolve_Builder"

    @property
    def which(self) -> _rt.Literal["cap", "exception", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(4)
        return ("cap", "exception")[tag] if tag < 2 else "unknown"

    @property
    def promise_id(self) -> int:
        """The ID of the promise to be resolved.

        Unlike all other instances of `ExportId` sent from the exporter, the `Resolve` message does
        _not_ increase the reference count of `promiseId`.  In fact, it is expected that the receiver
        will release the export soon after receiving `Resolve`, and the sender will not send this
        `ExportId` again until it has been released and recycled.

        When an export ID sent over the wire (e.g. in a `CapDescriptor`) is indicated to be a promise,
        this indicates that the sender will follow up at some point with a `Resolve` message.  If the
        same `promiseId` is sent again before `Resolve`, still only one `Resolve` is sent.  If the
        same ID is sent again later _after_ a `Resolve`, it can only be because the export's
        reference count hit zero in the meantime and the ID was re-assigned to a new export, therefore
        this later promise does _not_ correspond to the earlier `Resolve`.

        If a promise ID's reference count reaches zero before a `Resolve` is sent, the `Resolve`
        message may or may not still be sent (the `Resolve` may have already been in-flight when
        `Release` was sent, but if the `Release` is received before `Resolve` then there is no longer
        any reason to send a `Resolve`).  Thus a `Resolve` may be received for a promise of which
        the receiver has no knowledge, because it already released it earlier.  In this case, the
        receiver should simply release the capability to which the promise resolved.
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def cap(self) -> CapDescriptor:
        """The object to which the promise resolved.

        The sender promises that from this point forth, until `promiseId` is released, it shall
        simply forward all messages to the capability designated by `cap`.  This is true even if
        `cap` itself happens to designate another promise, and that other promise later resolves --
        messages sent to `promiseId` shall still go to that other promise, not to its resolution.
        This is important in the case that the receiver of the `Resolve` ends up sending a
        `Disembargo` message towards `promiseId` in order to control message ordering -- that
        `Disembargo` really needs to reflect back to exactly the object designated by `cap` even
        if that object is itself a promise.
        """
        if self._tag(4) != 0:
            raise _rt.inactive(self, "cap")
        return self._struct(CapDescriptor, 0)

    @property
    def has_cap(self) -> bool:
        return self._tag(4) == 0 and self._has(0)

    @property
    def exception(self) -> Exception:
        """Indicates that the promise was broken."""
        if self._tag(4) != 1:
            raise _rt.inactive(self, "exception")
        return self._struct(Exception, 0)

    @property
    def has_exception(self) -> bool:
        return self._tag(4) == 1 and self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Resolve_Fields]) -> Resolve_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Resolve_Builder)
        if fields:
            built._fill(**fields)
        return built


class Resolve_Builder(Resolve, _rt.StructBuilder):
    """Builder of Resolve."""

    __slots__ = ()

    @property
    def promise_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @promise_id.setter
    def promise_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "promise_id")

    @property
    def cap(self) -> CapDescriptor_Builder:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "cap")
        return self._struct_builder(CapDescriptor_Builder, 0)

    @cap.setter
    def cap(self, value: CapDescriptor | CapDescriptor_Fields) -> None:
        self._put_struct(CapDescriptor_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 4, 0)

    def init_cap(self) -> CapDescriptor_Builder:
        _rt.pack_u16(self._s, self._o + 4, 0)
        return self._init_struct(CapDescriptor_Builder, 0)

    @property
    def exception(self) -> Exception_Builder:
        if self._tag(4) != 1:
            raise _rt.inactive(self, "exception")
        return self._struct_builder(Exception_Builder, 0)

    @exception.setter
    def exception(self, value: Exception | Exception_Fields) -> None:
        self._put_struct(Exception_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 4, 1)

    def init_exception(self) -> Exception_Builder:
        _rt.pack_u16(self._s, self._o + 4, 1)
        return self._init_struct(Exception_Builder, 0)

    def _fill(
        self,
        *,
        promise_id: int = 0,
        cap: CapDescriptor | CapDescriptor_Fields | None = None,
        exception: Exception | Exception_Fields | None = None,
    ) -> None:
        if (cap, exception).count(None) < 1:
            raise _rt.two_members(self, "cap", "exception")
        try:
            _PACK_Resolve(self._s, self._o, promise_id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.promise_id = promise_id
            raise
        if cap is not None:
            self._put_struct(CapDescriptor_Builder, 0, cap)
            _rt.pack_u16(self._s, self._o + 4, 0)
        if exception is not None:
            self._put_struct(Exception_Builder, 0, exception)
            _rt.pack_u16(self._s, self._o + 4, 1)


class Resolve_Capabilities(_rt.Pipeline):
    """What can be called before a Resolve is there."""

    __slots__ = ()

    @property
    def cap(self) -> CapDescriptor_Pipeline:
        return self._inside(CapDescriptor_Pipeline, 0)


class Resolve_Pipeline(Resolve_Capabilities):
    """A Resolve inside results that are still to come."""

    __slots__ = ()


class Resolve_Promise(Resolve_Capabilities, _rt.PendingCall[Resolve]):
    """A call whose results are a Resolve."""

    __slots__ = ()
    _results = Resolve


if _rt.TYPE_CHECKING:

    class Release_Fields(_rt.TypedDict, total=False):
        """The fields of Release, for construction; those left out keep their defaults."""

        id: int
        reference_count: int


class Release(_rt.StructReader):
    """**(level 1)**

    Message type sent to indicate that the sender is done with the given capability and the receiver
    can free resources allocated to it.
    """

    __slots__ = ()
    _size = (1, 0)
    _id = 0xAD1A6C0D7DD07497

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Release_Builder"

    @property
    def id(self) -> int:
        """What to release."""
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def reference_count(self) -> int:
        """The amount by which to decrement the reference count.  The export is only actually released
        when the reference count reaches zero.
        """
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Release_Fields]) -> Release_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Release_Builder)
        if fields:
            built._fill(**fields)
        return built


class Release_Builder(Release, _rt.StructBuilder):
    """Builder of Release."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "id")

    @property
    def reference_count(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @reference_count.setter
    def reference_count(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "reference_count")

    def _fill(
        self,
        *,
        id: int = 0,
        reference_count: int = 0,
    ) -> None:
        try:
            _PACK_Release(self._s, self._o, id, reference_count)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id, self.reference_count = id, reference_count
            raise


class Release_Promise(_rt.PendingCall[Release]):
    """A call whose results are a Release."""

    __slots__ = ()
    _results = Release


if _rt.TYPE_CHECKING:

    class Disembargo_Context_Fields(_rt.TypedDict, total=False):
        """The fields of Disembargo_Context, for construction; those left out keep their defaults."""

        sender_loopback: int
        receiver_loopback: int
        accept: bool
        provide: int


class Disembargo_Context(_rt.StructReader):
    """Group `context`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xD562B4DF655BDD4D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Disembargo_Context_Builder"

    @property
    def which(self) -> _rt.Literal["sender_loopback", "receiver_loopback", "accept", "provide", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(4)
        return ("sender_loopback", "receiver_loopback", "accept", "provide")[tag] if tag < 4 else "unknown"

    @property
    def sender_loopback(self) -> int:
        """The sender is requesting a disembargo on a promise that is known to resolve back to a
        capability hosted by the sender.  As soon as the receiver has echoed back all pipelined calls
        on this promise, it will deliver the Disembargo back to the sender with `receiverLoopback`
        set to the same value as `senderLoopback`.  This value is chosen by the sender, and since
        it is also consumed be the sender, the sender can use whatever strategy it wants to make sure
        the value is unambiguous.

        The receiver must verify that the target capability actually resolves back to the sender's
        vat.  Otherwise, the sender has committed a protocol error and should be disconnected.
        """
        if self._tag(4) != 0:
            raise _rt.inactive(self, "sender_loopback")
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def receiver_loopback(self) -> int:
        """The receiver previously sent a `senderLoopback` Disembargo towards a promise resolving to
        this capability, and that Disembargo is now being echoed back.
        """
        if self._tag(4) != 1:
            raise _rt.inactive(self, "receiver_loopback")
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def accept(self) -> None:
        """**(level 3)**

        The sender is requesting a disembargo on a promise that is known to resolve to a third-party
        capability that the sender is currently in the process of accepting (using `Accept`).
        The receiver of this `Disembargo` has an outstanding `Provide` on said capability.  The
        receiver should now send a `Disembargo` with `provide` set to the question ID of that
        `Provide` message.

        See `Accept.embargo` for an example.
        """
        if self._tag(4) != 2:
            raise _rt.inactive(self, "accept")
        return None

    @property
    def provide(self) -> int:
        """**(level 3)**

        The sender is requesting a disembargo on a capability currently being provided to a third
        party.  The question ID identifies the `Provide` message previously sent by the sender to
        this capability.  On receipt, the receiver (the capability host) shall release the embargo
        on the `Accept` message that it has received from the third party.  See `Accept.embargo` for
        an example.
        """
        if self._tag(4) != 3:
            raise _rt.inactive(self, "provide")
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0


class Disembargo_Context_Builder(Disembargo_Context, _rt.StructBuilder):
    """Builder of Disembargo_Context."""

    __slots__ = ()

    @property
    def sender_loopback(self) -> int:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "sender_loopback")
        return _rt.unpack_u32(self._s, self._o)[0]

    @sender_loopback.setter
    def sender_loopback(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "sender_loopback")
        _rt.pack_u16(self._s, self._o + 4, 0)

    @property
    def receiver_loopback(self) -> int:
        if self._tag(4) != 1:
            raise _rt.inactive(self, "receiver_loopback")
        return _rt.unpack_u32(self._s, self._o)[0]

    @receiver_loopback.setter
    def receiver_loopback(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "receiver_loopback")
        _rt.pack_u16(self._s, self._o + 4, 1)

    @property
    def accept(self) -> None:
        if self._tag(4) != 2:
            raise _rt.inactive(self, "accept")
        return None

    @accept.setter
    def accept(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 4, 2)

    @property
    def provide(self) -> int:
        if self._tag(4) != 3:
            raise _rt.inactive(self, "provide")
        return _rt.unpack_u32(self._s, self._o)[0]

    @provide.setter
    def provide(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "provide")
        _rt.pack_u16(self._s, self._o + 4, 3)

    def _fill(
        self,
        *,
        sender_loopback: int | None = None,
        receiver_loopback: int | None = None,
        accept: bool | None = None,
        provide: int | None = None,
    ) -> None:
        if (sender_loopback, receiver_loopback, accept, provide).count(None) < 3:
            raise _rt.two_members(self, "sender_loopback", "receiver_loopback", "accept", "provide")
        if sender_loopback is not None:
            _rt.put_u32(self, 0, sender_loopback, "sender_loopback")
            _rt.pack_u16(self._s, self._o + 4, 0)
        if receiver_loopback is not None:
            _rt.put_u32(self, 0, receiver_loopback, "receiver_loopback")
            _rt.pack_u16(self._s, self._o + 4, 1)
        if accept is not None:
            _rt.pack_u16(self._s, self._o + 4, 2)
        if provide is not None:
            _rt.put_u32(self, 0, provide, "provide")
            _rt.pack_u16(self._s, self._o + 4, 3)


if _rt.TYPE_CHECKING:

    class Disembargo_Fields(_rt.TypedDict, total=False):
        """The fields of Disembargo, for construction; those left out keep their defaults."""

        target: MessageTarget | MessageTarget_Fields
        context_: Disembargo_Context_Fields


class Disembargo(_rt.StructReader):
    """**(level 1)**

    Message sent to indicate that an embargo on a recently-resolved promise may now be lifted.

    Embargos are used to enforce E-order in the presence of promise resolution.  That is, if an
    application makes two calls foo() and bar() on the same capability reference, in that order,
    the calls should be delivered in the order in which they were made.  But if foo() is called
    on a promise, and that promise happens to resolve before bar() is called, then the two calls
    may travel different paths over the network, and thus could arrive in the wrong order.  In
    this case, the call to `bar()` must be embargoed, and a `Disembargo` message must be sent along
    the same path as `foo()` to ensure that the `Disembargo` arrives after `foo()`.  Once the
    `Disembargo` arrives, `bar()` can then be delivered.

    There are two particular cases where embargos are important.  Consider object Alice, in Vat A,
    who holds a promise P, pointing towards Vat B, that eventually resolves to Carol.  The two
    cases are:
    - Carol lives in Vat A, i.e. next to Alice.  In this case, Vat A needs to send a `Disembargo`
      message that echos through Vat B and back, to ensure that all pipelined calls on the promise
      have been delivered.
    - Carol lives in a different Vat C.  When the promise resolves, a three-party handoff occurs
      (see `Provide` and `Accept`, which constitute level 3 of the protocol).  In this case, we
      piggyback on the state that has already been set up to handle the handoff:  the `Accept`
      message (from Vat A to Vat C) is embargoed, as are all pipelined messages sent to it, while
      a `Disembargo` message is sent from Vat A through Vat B to Vat C.  See `Accept.embargo` for
      an example.

    Note that in the case where Carol actually lives in Vat B (i.e., the same vat that the promise
    already pointed at), no embargo is needed, because the pipelined calls are delivered over the
    same path as the later direct calls.

    Keep in mind that promise resolution happens both in the form of Resolve messages as well as
    Return messages (which resolve PromisedAnswers). Embargos apply in both cases.

    An alternative strategy for enforcing E-order over promise resolution could be for Vat A to
    implement the embargo internally.  When Vat A is notified of promise resolution, it could
    send a dummy no-op call to promise P and wait for it to complete.  Until that call completes,
    all calls to the capability are queued locally.  This strategy works, but is pessimistic:
    in the three-party case, it requires an A -> B -> C -> B -> A round trip before calls can start
    being delivered directly to from Vat A to Vat C.  The `Disembargo` message allows latency to be
    reduced.  (In the two-party loopback case, the `Disembargo` message is just a more explicit way
    of accomplishing the same thing as a no-op call, but isn't any faster.)

    *The Tribble 4-way Race Condition*

    Any implementation of promise resolution and embargos must be aware of what we call the
    "Tribble 4-way race condition", after Dean Tribble, who explained the problem in a lively
    Friam meeting.

    Embargos are designed to work in the case where a two-hop path is being shortened to one hop.
    But sometimes there are more hops. Imagine that Alice has a reference to a remote promise P1
    that eventually resolves to _another_ remote promise P2 (in a third vat), which _at the same
    time_ happens to resolve to Bob (in a fourth vat). In this case, we're shortening from a 3-hop
    path (with four parties) to a 1-hop path (Alice -> Bob).

    Extending the embargo/disembargo protocol to be able to shorted multiple hops at once seems
    difficult. Instead, we make a rule that prevents this case from coming up:

    One a promise P has been resolved to a remote object reference R, then all further messages
    received addressed to P will be forwarded strictly to R. Even if it turns out later that R is
    itself a promise, and has resolved to some other object Q, messages sent to P will still be
    forwarded to R, not directly to Q (R will of course further forward the messages to Q).

    This rule does not cause a significant performance burden because once P has resolved to R, it
    is expected that people sending messages to P will shortly start sending them to R instead and
    drop P. P is at end-of-life anyway, so it doesn't matter if it ignores chances to further
    optimize its path.

    Note well: the Tribble 4-way race condition does not require each vat to be *distinct*; as long
    as each resolution crosses a network boundary the race can occur -- so this concerns even level
    1 implementations, not just level 3 implementations.
    """

    __slots__ = ()
    _size = (1, 1)
    _id = 0xF964368B0FBD3711

    Context: _rt.TypeAlias = Disembargo_Context
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Disembargo_Builder"

    @property
    def target(self) -> MessageTarget:
        """What is to be disembargoed."""
        return self._struct(MessageTarget, 0)

    @property
    def has_target(self) -> bool:
        return self._has(0)

    @property
    def context_(self) -> Disembargo_Context:
        return Disembargo_Context(self._m, self._s, self._o, self._p, self._e, self._d)

    @staticmethod
    def new(**fields: _rt.Unpack[Disembargo_Fields]) -> Disembargo_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Disembargo_Builder)
        if fields:
            built._fill(**fields)
        return built


class Disembargo_Builder(Disembargo, _rt.StructBuilder):
    """Builder of Disembargo."""

    __slots__ = ()

    @property
    def target(self) -> MessageTarget_Builder:
        return self._struct_builder(MessageTarget_Builder, 0)

    @target.setter
    def target(self, value: MessageTarget | MessageTarget_Fields) -> None:
        self._put_struct(MessageTarget_Builder, 0, value)

    def init_target(self) -> MessageTarget_Builder:
        return self._init_struct(MessageTarget_Builder, 0)

    @property
    def context_(self) -> Disembargo_Context_Builder:
        return Disembargo_Context_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def _fill(
        self,
        *,
        target: MessageTarget | MessageTarget_Fields | None = None,
        context_: Disembargo_Context_Fields | None = None,
    ) -> None:
        if target is not None:
            self._put_struct(MessageTarget_Builder, 0, target)
        if context_ is not None:
            self.context_._fill(**context_)


class Disembargo_Promise(_rt.PendingCall[Disembargo]):
    """A call whose results are a Disembargo."""

    __slots__ = ()
    _results = Disembargo


if _rt.TYPE_CHECKING:

    class Provide_Fields(_rt.TypedDict, total=False):
        """The fields of Provide, for construction; those left out keep their defaults."""

        question_id: int
        target: MessageTarget | MessageTarget_Fields
        recipient: _rt.AnyValue


class Provide(_rt.StructReader):
    """**(level 3)**

    Message type sent to indicate that the sender wishes to make a particular capability implemented
    by the receiver available to a third party for direct access (without the need for the third
    party to proxy through the sender).

    (In CapTP, `Provide` and `Accept` are methods of the global `NonceLocator` object exported by
    every vat.  In Cap'n Proto, we bake this into the core protocol.)
    """

    __slots__ = ()
    _size = (1, 2)
    _id = 0x9C6A046BFBC1AC5A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Provide_Builder"

    @property
    def question_id(self) -> int:
        """Question ID to be held open until the recipient has received the capability.  A result will be
        returned once the third party has successfully received the capability.  The sender must at some
        point send a `Finish` message as with any other call, and that message can be used to cancel the
        whole operation.
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def target(self) -> MessageTarget:
        """What is to be provided to the third party."""
        return self._struct(MessageTarget, 0)

    @property
    def has_target(self) -> bool:
        return self._has(0)

    @property
    def recipient(self) -> _rt.AnyPointerReader:
        """Identity of the third party that is expected to pick up the capability."""
        return _rt.any_reader(self, 8)

    @staticmethod
    def new(**fields: _rt.Unpack[Provide_Fields]) -> Provide_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Provide_Builder)
        if fields:
            built._fill(**fields)
        return built


class Provide_Builder(Provide, _rt.StructBuilder):
    """Builder of Provide."""

    __slots__ = ()

    @property
    def question_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @question_id.setter
    def question_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "question_id")

    @property
    def target(self) -> MessageTarget_Builder:
        return self._struct_builder(MessageTarget_Builder, 0)

    @target.setter
    def target(self, value: MessageTarget | MessageTarget_Fields) -> None:
        self._put_struct(MessageTarget_Builder, 0, value)

    def init_target(self) -> MessageTarget_Builder:
        return self._init_struct(MessageTarget_Builder, 0)

    @property
    def recipient(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 8)

    @recipient.setter
    def recipient(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 8).set(value)

    def _fill(
        self,
        *,
        question_id: int = 0,
        target: MessageTarget | MessageTarget_Fields | None = None,
        recipient: _rt.AnyValue | None = None,
    ) -> None:
        try:
            _PACK_Provide(self._s, self._o, question_id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.question_id = question_id
            raise
        if target is not None:
            self._put_struct(MessageTarget_Builder, 0, target)
        if recipient is not None:
            _rt.any_builder(self, 8).set(recipient)


class Provide_Capabilities(_rt.Pipeline):
    """What can be called before a Provide is there."""

    __slots__ = ()

    @property
    def recipient(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 1)


class Provide_Pipeline(Provide_Capabilities):
    """A Provide inside results that are still to come."""

    __slots__ = ()


class Provide_Promise(Provide_Capabilities, _rt.PendingCall[Provide]):
    """A call whose results are a Provide."""

    __slots__ = ()
    _results = Provide


if _rt.TYPE_CHECKING:

    class Accept_Fields(_rt.TypedDict, total=False):
        """The fields of Accept, for construction; those left out keep their defaults."""

        question_id: int
        provision: _rt.AnyValue
        embargo: bool


class Accept(_rt.StructReader):
    """**(level 3)**

    Message type sent to pick up a capability hosted by the receiving vat and provided by a third
    party.  The third party previously designated the capability using `Provide`.

    This message is also used to pick up a redirected return -- see `Return.acceptFromThirdParty`.
    """

    __slots__ = ()
    _size = (1, 1)
    _id = 0xD4C9B56290554016

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Accept_Builder"

    @property
    def question_id(self) -> int:
        """A new question ID identifying this accept message, which will eventually receive a Return
        message containing the provided capability (or the call result in the case of a redirected
        return).
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def provision(self) -> _rt.AnyPointerReader:
        """Identifies the provided object to be picked up."""
        return _rt.any_reader(self, 0)

    @property
    def embargo(self) -> bool:
        """If true, this accept shall be temporarily embargoed.  The resulting `Return` will not be sent,
        and any pipelined calls will not be delivered, until the embargo is released.  The receiver
        (the capability host) will expect the provider (the vat that sent the `Provide` message) to
        eventually send a `Disembargo` message with the field `context.provide` set to the question ID
        of the original `Provide` message.  At that point, the embargo is released and the queued
        messages are delivered.

        For example:
        - Alice, in Vat A, holds a promise P, which currently points toward Vat B.
        - Alice calls foo() on P.  The `Call` message is sent to Vat B.
        - The promise P in Vat B ends up resolving to Carol, in Vat C.
        - Vat B sends a `Provide` message to Vat C, identifying Vat A as the recipient.
        - Vat B sends a `Resolve` message to Vat A, indicating that the promise has resolved to a
          `ThirdPartyCapId` identifying Carol in Vat C.
        - Vat A sends an `Accept` message to Vat C to pick up the capability.  Since Vat A knows that
          it has an outstanding call to the promise, it sets `embargo` to `true` in the `Accept`
          message.
        - Vat A sends a `Disembargo` message to Vat B on promise P, with `context.accept` set.
        - Alice makes a call bar() to promise P, which is now pointing towards Vat C.  Alice doesn't
          know anything about the mechanics of promise resolution happening under the hood, but she
          expects that bar() will be delivered after foo() because that is the order in which she
          initiated the calls.
        - Vat A sends the bar() call to Vat C, as a pipelined call on the result of the `Accept` (which
          hasn't returned yet, due to the embargo).  Since calls to the newly-accepted capability
          are embargoed, Vat C does not deliver the call yet.
        - At some point, Vat B forwards the foo() call from the beginning of this example on to Vat C.
        - Vat B forwards the `Disembargo` from Vat A on to vat C.  It sets `context.provide` to the
          question ID of the `Provide` message it had sent previously.
        - Vat C receives foo() before `Disembargo`, thus allowing it to correctly deliver foo()
          before delivering bar().
        - Vat C receives `Disembargo` from Vat B.  It can now send a `Return` for the `Accept` from
          Vat A, as well as deliver bar().
        """
        o = self._o + 4
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Accept_Fields]) -> Accept_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Accept_Builder)
        if fields:
            built._fill(**fields)
        return built


class Accept_Builder(Accept, _rt.StructBuilder):
    """Builder of Accept."""

    __slots__ = ()

    @property
    def question_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @question_id.setter
    def question_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "question_id")

    @property
    def provision(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @provision.setter
    def provision(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    @property
    def embargo(self) -> bool:
        return self._s[self._o + 4] & 1 != 0

    @embargo.setter
    def embargo(self, value: bool) -> None:
        _rt.put_bool(self, 4, 1, value)

    def _fill(
        self,
        *,
        question_id: int = 0,
        provision: _rt.AnyValue | None = None,
        embargo: bool = False,
    ) -> None:
        try:
            _PACK_Accept(self._s, self._o, question_id, (1 if embargo else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.question_id, self.embargo = question_id, embargo
            raise
        if provision is not None:
            _rt.any_builder(self, 0).set(provision)


class Accept_Capabilities(_rt.Pipeline):
    """What can be called before a Accept is there."""

    __slots__ = ()

    @property
    def provision(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Accept_Pipeline(Accept_Capabilities):
    """A Accept inside results that are still to come."""

    __slots__ = ()


class Accept_Promise(Accept_Capabilities, _rt.PendingCall[Accept]):
    """A call whose results are a Accept."""

    __slots__ = ()
    _results = Accept


if _rt.TYPE_CHECKING:

    class Join_Fields(_rt.TypedDict, total=False):
        """The fields of Join, for construction; those left out keep their defaults."""

        question_id: int
        target: MessageTarget | MessageTarget_Fields
        key_part: _rt.AnyValue


class Join(_rt.StructReader):
    """**(level 4)**

    Message type sent to implement E.join(), which, given a number of capabilities that are
    expected to be equivalent, finds the underlying object upon which they all agree and forms a
    direct connection to it, skipping any proxies that may have been constructed by other vats
    while transmitting the capability.  See:
        http://erights.org/elib/equality/index.html

    Note that this should only serve to bypass fully-transparent proxies -- proxies that were
    created merely for convenience, without any intention of hiding the underlying object.

    For example, say Bob holds two capabilities hosted by Alice and Carol, but he expects that both
    are simply proxies for a capability hosted elsewhere.  He then issues a join request, which
    operates as follows:
    - Bob issues Join requests on both Alice and Carol.  Each request contains a different piece
      of the JoinKey.
    - Alice is proxying a capability hosted by Dana, so forwards the request to Dana's cap.
    - Dana receives the first request and sees that the JoinKeyPart is one of two.  She notes that
      she doesn't have the other part yet, so she records the request and responds with a
      JoinResult.
    - Alice relays the JoinAnswer back to Bob.
    - Carol is also proxying a capability from Dana, and so forwards her Join request to Dana as
      well.
    - Dana receives Carol's request and notes that she now has both parts of a JoinKey.  She
      combines them in order to form information needed to form a secure connection to Bob.  She
      also responds with another JoinResult.
    - Bob receives the responses from Alice and Carol.  He uses the returned JoinResults to
      determine how to connect to Dana and attempts to form the connection.  Since Bob and Dana now
      agree on a secret key that neither Alice nor Carol ever saw, this connection can be made
      securely even if Alice or Carol is conspiring against the other.  (If Alice and Carol are
      conspiring _together_, they can obviously reproduce the key, but this doesn't matter because
      the whole point of the join is to verify that Alice and Carol agree on what capability they
      are proxying.)

    If the two capabilities aren't actually proxies of the same object, then the join requests
    will come back with conflicting `hostId`s and the join will fail before attempting to form any
    connection.
    """

    __slots__ = ()
    _size = (1, 2)
    _id = 0xFBE1980490E001AF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Join_Builder"

    @property
    def question_id(self) -> int:
        """Question ID used to respond to this Join.  (Note that this ID only identifies one part of the
        request for one hop; each part has a different ID and relayed copies of the request have
        (probably) different IDs still.)

        The receiver will reply with a `Return` whose `results` is a JoinResult.  This `JoinResult`
        is relayed from the joined object's host, possibly with transformation applied as needed
        by the network.

        Like any return, the result must be released using a `Finish`.  However, this release
        should not occur until the joiner has either successfully connected to the joined object.
        Vats relaying a `Join` message similarly must not release the result they receive until the
        return they relayed back towards the joiner has itself been released.  This allows the
        joined object's host to detect when the Join operation is canceled before completing -- if
        it receives a `Finish` for one of the join results before the joiner successfully
        connects.  It can then free any resources it had allocated as part of the join.
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def target(self) -> MessageTarget:
        """The capability to join."""
        return self._struct(MessageTarget, 0)

    @property
    def has_target(self) -> bool:
        return self._has(0)

    @property
    def key_part(self) -> _rt.AnyPointerReader:
        """A part of the join key.  These combine to form the complete join key, which is used to establish
        a direct connection.
        """
        return _rt.any_reader(self, 8)

    @staticmethod
    def new(**fields: _rt.Unpack[Join_Fields]) -> Join_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Join_Builder)
        if fields:
            built._fill(**fields)
        return built


class Join_Builder(Join, _rt.StructBuilder):
    """Builder of Join."""

    __slots__ = ()

    @property
    def question_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @question_id.setter
    def question_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "question_id")

    @property
    def target(self) -> MessageTarget_Builder:
        return self._struct_builder(MessageTarget_Builder, 0)

    @target.setter
    def target(self, value: MessageTarget | MessageTarget_Fields) -> None:
        self._put_struct(MessageTarget_Builder, 0, value)

    def init_target(self) -> MessageTarget_Builder:
        return self._init_struct(MessageTarget_Builder, 0)

    @property
    def key_part(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 8)

    @key_part.setter
    def key_part(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 8).set(value)

    def _fill(
        self,
        *,
        question_id: int = 0,
        target: MessageTarget | MessageTarget_Fields | None = None,
        key_part: _rt.AnyValue | None = None,
    ) -> None:
        try:
            _PACK_Join(self._s, self._o, question_id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.question_id = question_id
            raise
        if target is not None:
            self._put_struct(MessageTarget_Builder, 0, target)
        if key_part is not None:
            _rt.any_builder(self, 8).set(key_part)


class Join_Capabilities(_rt.Pipeline):
    """What can be called before a Join is there."""

    __slots__ = ()

    @property
    def key_part(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 1)


class Join_Pipeline(Join_Capabilities):
    """A Join inside results that are still to come."""

    __slots__ = ()


class Join_Promise(Join_Capabilities, _rt.PendingCall[Join]):
    """A call whose results are a Join."""

    __slots__ = ()
    _results = Join


if _rt.TYPE_CHECKING:

    class MessageTarget_Fields(_rt.TypedDict, total=False):
        """The fields of MessageTarget, for construction; those left out keep their defaults."""

        imported_cap: int
        promised_answer: PromisedAnswer | PromisedAnswer_Fields


class MessageTarget(_rt.StructReader):
    """The target of a `Call` or other messages that target a capability."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x95BC14545813FBC1

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "MessageTarget_Builder"

    @property
    def which(self) -> _rt.Literal["imported_cap", "promised_answer", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(4)
        return ("imported_cap", "promised_answer")[tag] if tag < 2 else "unknown"

    @property
    def imported_cap(self) -> int:
        """This message is to a capability or promise previously imported by the caller (exported by
        the receiver).
        """
        if self._tag(4) != 0:
            raise _rt.inactive(self, "imported_cap")
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def promised_answer(self) -> PromisedAnswer:
        """This message is to a capability that is expected to be returned by another call that has not
        yet been completed.

        At level 0, this is supported only for addressing the result of a previous `Bootstrap`, so
        that initial startup doesn't require a round trip.
        """
        if self._tag(4) != 1:
            raise _rt.inactive(self, "promised_answer")
        return self._struct(PromisedAnswer, 0)

    @property
    def has_promised_answer(self) -> bool:
        return self._tag(4) == 1 and self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[MessageTarget_Fields]) -> MessageTarget_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(MessageTarget_Builder)
        if fields:
            built._fill(**fields)
        return built


class MessageTarget_Builder(MessageTarget, _rt.StructBuilder):
    """Builder of MessageTarget."""

    __slots__ = ()

    @property
    def imported_cap(self) -> int:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "imported_cap")
        return _rt.unpack_u32(self._s, self._o)[0]

    @imported_cap.setter
    def imported_cap(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "imported_cap")
        _rt.pack_u16(self._s, self._o + 4, 0)

    @property
    def promised_answer(self) -> PromisedAnswer_Builder:
        if self._tag(4) != 1:
            raise _rt.inactive(self, "promised_answer")
        return self._struct_builder(PromisedAnswer_Builder, 0)

    @promised_answer.setter
    def promised_answer(self, value: PromisedAnswer | PromisedAnswer_Fields) -> None:
        self._put_struct(PromisedAnswer_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 4, 1)

    def init_promised_answer(self) -> PromisedAnswer_Builder:
        _rt.pack_u16(self._s, self._o + 4, 1)
        return self._init_struct(PromisedAnswer_Builder, 0)

    def _fill(
        self,
        *,
        imported_cap: int | None = None,
        promised_answer: PromisedAnswer | PromisedAnswer_Fields | None = None,
    ) -> None:
        if (imported_cap, promised_answer).count(None) < 1:
            raise _rt.two_members(self, "imported_cap", "promised_answer")
        if imported_cap is not None:
            _rt.put_u32(self, 0, imported_cap, "imported_cap")
            _rt.pack_u16(self._s, self._o + 4, 0)
        if promised_answer is not None:
            self._put_struct(PromisedAnswer_Builder, 0, promised_answer)
            _rt.pack_u16(self._s, self._o + 4, 1)


class MessageTarget_Promise(_rt.PendingCall[MessageTarget]):
    """A call whose results are a MessageTarget."""

    __slots__ = ()
    _results = MessageTarget


if _rt.TYPE_CHECKING:

    class Payload_Fields(_rt.TypedDict, total=False):
        """The fields of Payload, for construction; those left out keep their defaults."""

        content: _rt.AnyValue
        cap_table: _rt.Iterable[CapDescriptor | CapDescriptor_Fields]


class Payload(_rt.StructReader):
    """Represents some data structure that might contain capabilities."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0x9A0E61223D96743B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Payload_Builder"

    @property
    def content(self) -> _rt.AnyPointerReader:
        """Some Cap'n Proto data structure.  Capability pointers embedded in this structure index into
        `capTable`.
        """
        return _rt.any_reader(self, 0)

    @property
    def cap_table(self) -> _rt.ListReader[CapDescriptor]:
        """Descriptors corresponding to the cap pointers in `content`."""
        return _LIST_CapDescriptor.read(self, 8)

    @staticmethod
    def new(**fields: _rt.Unpack[Payload_Fields]) -> Payload_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Payload_Builder)
        if fields:
            built._fill(**fields)
        return built


class Payload_Builder(Payload, _rt.StructBuilder):
    """Builder of Payload."""

    __slots__ = ()

    @property
    def content(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @content.setter
    def content(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    @property
    def cap_table(self) -> _rt.ListBuilder[CapDescriptor_Builder]:
        return _LIST_CapDescriptor.builder(self, 8)

    @cap_table.setter
    def cap_table(self, value: _rt.Iterable[CapDescriptor | CapDescriptor_Fields]) -> None:
        _LIST_CapDescriptor.write(self, 8, value)

    def init_cap_table(self, count: int) -> _rt.ListBuilder[CapDescriptor_Builder]:
        return _LIST_CapDescriptor.init(self, 8, count)

    def _fill(
        self,
        *,
        content: _rt.AnyValue | None = None,
        cap_table: _rt.Iterable[CapDescriptor | CapDescriptor_Fields] | None = None,
    ) -> None:
        if content is not None:
            _rt.any_builder(self, 0).set(content)
        if cap_table is not None:
            _LIST_CapDescriptor.write(self, 8, cap_table)


class Payload_Capabilities(_rt.Pipeline):
    """What can be called before a Payload is there."""

    __slots__ = ()

    @property
    def content(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Payload_Pipeline(Payload_Capabilities):
    """A Payload inside results that are still to come."""

    __slots__ = ()


class Payload_Promise(Payload_Capabilities, _rt.PendingCall[Payload]):
    """A call whose results are a Payload."""

    __slots__ = ()
    _results = Payload


if _rt.TYPE_CHECKING:

    class CapDescriptor_Fields(_rt.TypedDict, total=False):
        """The fields of CapDescriptor, for construction; those left out keep their defaults."""

        none: bool
        sender_hosted: int
        sender_promise: int
        receiver_hosted: int
        receiver_answer: PromisedAnswer | PromisedAnswer_Fields
        third_party_hosted: ThirdPartyCapDescriptor | ThirdPartyCapDescriptor_Fields
        attached_fd: int


class CapDescriptor(_rt.StructReader):
    """**(level 1)**

    When an application-defined type contains an interface pointer, that pointer contains an index
    into the message's capability table -- i.e. the `capTable` part of the `Payload`.  Each
    capability in the table is represented as a `CapDescriptor`.  The runtime API should not reveal
    the CapDescriptor directly to the application, but should instead wrap it in some kind of
    callable object with methods corresponding to the interface that the capability implements.

    Keep in mind that `ExportIds` in a `CapDescriptor` are subject to reference counting.  See the
    description of `ExportId`.

    Note that it is currently not possible to include a broken capability in the CapDescriptor
    table.  Instead, create a new export (`senderPromise`) for each broken capability and then
    immediately follow the payload-bearing Call or Return message with one Resolve message for each
    broken capability, resolving it to an exception.
    """

    __slots__ = ()
    _size = (1, 1)
    _id = 0x8523DDC40B86B8B0

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CapDescriptor_Builder"

    @property
    def which(
        self,
    ) -> _rt.Literal[
        "none",
        "sender_hosted",
        "sender_promise",
        "receiver_hosted",
        "receiver_answer",
        "third_party_hosted",
        "unknown",
    ]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return (
            (
                "none",
                "sender_hosted",
                "sender_promise",
                "receiver_hosted",
                "receiver_answer",
                "third_party_hosted",
            )[tag]
            if tag < 6
            else "unknown"
        )

    @property
    def none(self) -> None:
        """There is no capability here.  This `CapDescriptor` should not appear in the payload content.
        A `none` CapDescriptor can be generated when an application inserts a capability into a
        message and then later changes its mind and removes it -- rewriting all of the other
        capability pointers may be hard, so instead a tombstone is left, similar to the way a removed
        struct or list instance is zeroed out of the message but the space is not reclaimed.
        Hopefully this is unusual.
        """
        if self._tag(0) != 0:
            raise _rt.inactive(self, "none")
        return None

    @property
    def sender_hosted(self) -> int:
        """The ID of a capability in the sender's export table (receiver's import table).  It may be a
        newly allocated table entry, or an existing entry (increments the reference count).
        """
        if self._tag(0) != 1:
            raise _rt.inactive(self, "sender_hosted")
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def sender_promise(self) -> int:
        """A promise that the sender will resolve later.  The sender will send exactly one Resolve
        message at a future point in time to replace this promise.  Note that even if the same
        `senderPromise` is received multiple times, only one `Resolve` is sent to cover all of
        them.  If `senderPromise` is released before the `Resolve` is sent, the sender (of this
        `CapDescriptor`) may choose not to send the `Resolve` at all.
        """
        if self._tag(0) != 2:
            raise _rt.inactive(self, "sender_promise")
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def receiver_hosted(self) -> int:
        """A capability (or promise) previously exported by the receiver (imported by the sender)."""
        if self._tag(0) != 3:
            raise _rt.inactive(self, "receiver_hosted")
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def receiver_answer(self) -> PromisedAnswer:
        """A capability expected to be returned in the results of a currently-outstanding call posed
        by the sender.
        """
        if self._tag(0) != 4:
            raise _rt.inactive(self, "receiver_answer")
        return self._struct(PromisedAnswer, 0)

    @property
    def has_receiver_answer(self) -> bool:
        return self._tag(0) == 4 and self._has(0)

    @property
    def third_party_hosted(self) -> ThirdPartyCapDescriptor:
        """**(level 3)**

        A capability that lives in neither the sender's nor the receiver's vat.  The sender needs
        to form a direct connection to a third party to pick up the capability.

        Level 1 and 2 implementations that receive a `thirdPartyHosted` may simply send calls to its
        `vine` instead.
        """
        if self._tag(0) != 5:
            raise _rt.inactive(self, "third_party_hosted")
        return self._struct(ThirdPartyCapDescriptor, 0)

    @property
    def has_third_party_hosted(self) -> bool:
        return self._tag(0) == 5 and self._has(0)

    @property
    def attached_fd(self) -> int:
        """If the RPC message in which this CapDescriptor was delivered also had file descriptors
        attached, and `fd` is a valid index into the list of attached file descriptors, then
        that file descriptor should be attached to this capability. If `attachedFd` is out-of-bounds
        for said list, then no FD is attached.

        For example, if the RPC message arrived over a Unix socket, then file descriptors may be
        attached by sending an SCM_RIGHTS ancillary message attached to the data bytes making up the
        raw message. Receivers who wish to opt into FD passing should arrange to receive SCM_RIGHTS
        whenever receiving an RPC message. Senders who wish to send FDs need not verify whether the
        receiver knows how to receive them, because the operating system will automatically discard
        ancillary messages like SCM_RIGHTS if the receiver doesn't ask to receive them, including
        automatically closing any FDs.

        It is up to the application protocol to define what capabilities are expected to have file
        descriptors attached, and what those FDs mean. But, for example, an application could use this
        to open a file on disk and then transmit the open file descriptor to a sandboxed process that
        does not otherwise have permission to access the filesystem directly. This is usually an
        optimization: the sending process could instead provide an RPC interface supporting all the
        operations needed (such as reading and writing a file), but by passing the file descriptor
        directly, the recipient can often perform operations much more efficiently. Application
        designers are encouraged to provide such RPC interfaces and automatically fall back to them
        when FD passing is not available, so that the application can still work when the parties are
        remote over a network.

        An attached FD is most often associated with a `senderHosted` descriptor. It could also make
        sense in the case of `thirdPartyHosted`: in this case, the sender is forwarding the FD that
        they received from the third party, so that the receiver can start using it without first
        interacting with the third party. This is an optional optimization -- the middleman may choose
        not to forward capabilities, in which case the receiver will need to complete the handshake
        with the third party directly before receiving the FD. If an implementation receives a second
        attached FD after having already received one previously (e.g. both in a `thirdPartyHosted`
        CapDescriptor and then later again when receiving the final capability directly from the
        third party), the implementation should discard the later FD and stick with the original. At
        present, there is no known reason why other capability types (e.g. `receiverHosted`) would want
        to carry an attached FD, but we reserve the right to define a meaning for this in the future.

        Each file descriptor attached to the message must be used in no more than one CapDescriptor,
        so that the receiver does not need to use dup() or refcounting to handle the possibility of
        multiple capabilities using the same descriptor. If multiple CapDescriptors do point to the
        same FD index, then the receiver can arbitrarily choose which capability ends up having the
        FD attached.

        To mitigate DoS attacks, RPC implementations should limit the number of FDs they are willing to
        receive in a single message to a small value. If a message happens to contain more than that,
        the list is truncated. Moreover, in some cases, FD passing needs to be blocked entirely for
        security or implementation reasons, in which case the list may be truncated to zero. Hence,
        `attachedFd` might point past the end of the list, which the implementation should treat as if
        no FD was attached at all.

        The type of this field was chosen to be UInt8 because Linux supports sending only a maximum
        of 253 file descriptors in an SCM_RIGHTS message anyway, and CapDescriptor had two bytes of
        padding left -- so after adding this, there is still one byte for a future feature.
        Conveniently, this also means we're able to use 0xff as the default value, which will always
        be out-of-range (of course, the implementation should explicitly enforce that 255 descriptors
        cannot be sent at once, rather than relying on Linux to do so).
        """
        o = self._o + 2
        return self._s[o] ^ 255 if o + 1 <= self._p else 255

    @staticmethod
    def new(**fields: _rt.Unpack[CapDescriptor_Fields]) -> CapDescriptor_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CapDescriptor_Builder)
        if fields:
            built._fill(**fields)
        return built


class CapDescriptor_Builder(CapDescriptor, _rt.StructBuilder):
    """Builder of CapDescriptor."""

    __slots__ = ()

    @property
    def none(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "none")
        return None

    @none.setter
    def none(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 0)

    @property
    def sender_hosted(self) -> int:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "sender_hosted")
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @sender_hosted.setter
    def sender_hosted(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "sender_hosted")
        _rt.pack_u16(self._s, self._o + 0, 1)

    @property
    def sender_promise(self) -> int:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "sender_promise")
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @sender_promise.setter
    def sender_promise(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "sender_promise")
        _rt.pack_u16(self._s, self._o + 0, 2)

    @property
    def receiver_hosted(self) -> int:
        if self._tag(0) != 3:
            raise _rt.inactive(self, "receiver_hosted")
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @receiver_hosted.setter
    def receiver_hosted(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "receiver_hosted")
        _rt.pack_u16(self._s, self._o + 0, 3)

    @property
    def receiver_answer(self) -> PromisedAnswer_Builder:
        if self._tag(0) != 4:
            raise _rt.inactive(self, "receiver_answer")
        return self._struct_builder(PromisedAnswer_Builder, 0)

    @receiver_answer.setter
    def receiver_answer(self, value: PromisedAnswer | PromisedAnswer_Fields) -> None:
        self._put_struct(PromisedAnswer_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 4)

    def init_receiver_answer(self) -> PromisedAnswer_Builder:
        _rt.pack_u16(self._s, self._o + 0, 4)
        return self._init_struct(PromisedAnswer_Builder, 0)

    @property
    def third_party_hosted(self) -> ThirdPartyCapDescriptor_Builder:
        if self._tag(0) != 5:
            raise _rt.inactive(self, "third_party_hosted")
        return self._struct_builder(ThirdPartyCapDescriptor_Builder, 0)

    @third_party_hosted.setter
    def third_party_hosted(self, value: ThirdPartyCapDescriptor | ThirdPartyCapDescriptor_Fields) -> None:
        self._put_struct(ThirdPartyCapDescriptor_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 5)

    def init_third_party_hosted(self) -> ThirdPartyCapDescriptor_Builder:
        _rt.pack_u16(self._s, self._o + 0, 5)
        return self._init_struct(ThirdPartyCapDescriptor_Builder, 0)

    @property
    def attached_fd(self) -> int:
        return self._s[self._o + 2] ^ 255

    @attached_fd.setter
    def attached_fd(self, value: int) -> None:
        _rt.put_u8(self, 2, value, "attached_fd", 255)

    def _fill(
        self,
        *,
        none: bool | None = None,
        sender_hosted: int | None = None,
        sender_promise: int | None = None,
        receiver_hosted: int | None = None,
        receiver_answer: PromisedAnswer | PromisedAnswer_Fields | None = None,
        third_party_hosted: ThirdPartyCapDescriptor | ThirdPartyCapDescriptor_Fields | None = None,
        attached_fd: int = 255,
    ) -> None:
        if (none, sender_hosted, sender_promise, receiver_hosted, receiver_answer, third_party_hosted).count(
            None
        ) < 5:
            raise _rt.two_members(
                self,
                "none",
                "sender_hosted",
                "sender_promise",
                "receiver_hosted",
                "receiver_answer",
                "third_party_hosted",
            )
        try:
            _PACK_CapDescriptor(self._s, self._o, attached_fd ^ 255)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.attached_fd = attached_fd
            raise
        if none is not None:
            _rt.pack_u16(self._s, self._o + 0, 0)
        if sender_hosted is not None:
            _rt.put_u32(self, 4, sender_hosted, "sender_hosted")
            _rt.pack_u16(self._s, self._o + 0, 1)
        if sender_promise is not None:
            _rt.put_u32(self, 4, sender_promise, "sender_promise")
            _rt.pack_u16(self._s, self._o + 0, 2)
        if receiver_hosted is not None:
            _rt.put_u32(self, 4, receiver_hosted, "receiver_hosted")
            _rt.pack_u16(self._s, self._o + 0, 3)
        if receiver_answer is not None:
            self._put_struct(PromisedAnswer_Builder, 0, receiver_answer)
            _rt.pack_u16(self._s, self._o + 0, 4)
        if third_party_hosted is not None:
            self._put_struct(ThirdPartyCapDescriptor_Builder, 0, third_party_hosted)
            _rt.pack_u16(self._s, self._o + 0, 5)


class CapDescriptor_Capabilities(_rt.Pipeline):
    """What can be called before a CapDescriptor is there."""

    __slots__ = ()

    @property
    def third_party_hosted(self) -> ThirdPartyCapDescriptor_Pipeline:
        return self._inside(ThirdPartyCapDescriptor_Pipeline, 0)


class CapDescriptor_Pipeline(CapDescriptor_Capabilities):
    """A CapDescriptor inside results that are still to come."""

    __slots__ = ()


class CapDescriptor_Promise(CapDescriptor_Capabilities, _rt.PendingCall[CapDescriptor]):
    """A call whose results are a CapDescriptor."""

    __slots__ = ()
    _results = CapDescriptor


if _rt.TYPE_CHECKING:

    class PromisedAnswer_Op_Fields(_rt.TypedDict, total=False):
        """The fields of PromisedAnswer_Op, for construction; those left out keep their defaults."""

        noop: bool
        get_pointer_field: int


class PromisedAnswer_Op(_rt.StructReader):
    """Struct `Op`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xF316944415569081

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "PromisedAnswer_Op_Builder"

    @property
    def which(self) -> _rt.Literal["noop", "get_pointer_field", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return ("noop", "get_pointer_field")[tag] if tag < 2 else "unknown"

    @property
    def noop(self) -> None:
        """Does nothing.  This member is mostly defined so that we can make `Op` a union even
        though (as of this writing) only one real operation is defined.
        """
        if self._tag(0) != 0:
            raise _rt.inactive(self, "noop")
        return None

    @property
    def get_pointer_field(self) -> int:
        """Get a pointer field within a struct.  The number is an index into the pointer section, NOT
        a field ordinal, so that the receiver does not need to understand the schema.
        """
        if self._tag(0) != 1:
            raise _rt.inactive(self, "get_pointer_field")
        o = self._o + 2
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[PromisedAnswer_Op_Fields]) -> PromisedAnswer_Op_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(PromisedAnswer_Op_Builder)
        if fields:
            built._fill(**fields)
        return built


class PromisedAnswer_Op_Builder(PromisedAnswer_Op, _rt.StructBuilder):
    """Builder of PromisedAnswer_Op."""

    __slots__ = ()

    @property
    def noop(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "noop")
        return None

    @noop.setter
    def noop(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 0)

    @property
    def get_pointer_field(self) -> int:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "get_pointer_field")
        return _rt.unpack_u16(self._s, self._o + 2)[0]

    @get_pointer_field.setter
    def get_pointer_field(self, value: int) -> None:
        _rt.put_u16(self, 2, value, "get_pointer_field")
        _rt.pack_u16(self._s, self._o + 0, 1)

    def _fill(
        self,
        *,
        noop: bool | None = None,
        get_pointer_field: int | None = None,
    ) -> None:
        if (noop, get_pointer_field).count(None) < 1:
            raise _rt.two_members(self, "noop", "get_pointer_field")
        if noop is not None:
            _rt.pack_u16(self._s, self._o + 0, 0)
        if get_pointer_field is not None:
            _rt.put_u16(self, 2, get_pointer_field, "get_pointer_field")
            _rt.pack_u16(self._s, self._o + 0, 1)


class PromisedAnswer_Op_Promise(_rt.PendingCall[PromisedAnswer_Op]):
    """A call whose results are a PromisedAnswer_Op."""

    __slots__ = ()
    _results = PromisedAnswer_Op


if _rt.TYPE_CHECKING:

    class PromisedAnswer_Fields(_rt.TypedDict, total=False):
        """The fields of PromisedAnswer, for construction; those left out keep their defaults."""

        question_id: int
        transform: _rt.Iterable[PromisedAnswer_Op | PromisedAnswer_Op_Fields]


class PromisedAnswer(_rt.StructReader):
    """**(mostly level 1)**

    Specifies how to derive a promise from an unanswered question, by specifying the path of fields
    to follow from the root of the eventual result struct to get to the desired capability.  Used
    to address method calls to a not-yet-returned capability or to pass such a capability as an
    input to some other method call.

    Level 0 implementations must support `PromisedAnswer` only for the case where the answer is
    to a `Bootstrap` message.  In this case, `path` is always empty since `Bootstrap` always returns
    a raw capability.
    """

    __slots__ = ()
    _size = (1, 1)
    _id = 0xD800B1D6CD6F1CA0

    Op: _rt.TypeAlias = PromisedAnswer_Op
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "PromisedAnswer_Builder"

    @property
    def question_id(self) -> int:
        """ID of the question (in the sender's question table / receiver's answer table) whose answer is
        expected to contain the capability.
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def transform(self) -> _rt.ListReader[PromisedAnswer_Op]:
        """Operations / transformations to apply to the result in order to get the capability actually
        being addressed.  E.g. if the result is a struct and you want to call a method on a capability
        pointed to by a field of the struct, you need a `getPointerField` op.
        """
        return _LIST_PromisedAnswer_Op.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[PromisedAnswer_Fields]) -> PromisedAnswer_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(PromisedAnswer_Builder)
        if fields:
            built._fill(**fields)
        return built


class PromisedAnswer_Builder(PromisedAnswer, _rt.StructBuilder):
    """Builder of PromisedAnswer."""

    __slots__ = ()

    @property
    def question_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @question_id.setter
    def question_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "question_id")

    @property
    def transform(self) -> _rt.ListBuilder[PromisedAnswer_Op_Builder]:
        return _LIST_PromisedAnswer_Op.builder(self, 0)

    @transform.setter
    def transform(self, value: _rt.Iterable[PromisedAnswer_Op | PromisedAnswer_Op_Fields]) -> None:
        _LIST_PromisedAnswer_Op.write(self, 0, value)

    def init_transform(self, count: int) -> _rt.ListBuilder[PromisedAnswer_Op_Builder]:
        return _LIST_PromisedAnswer_Op.init(self, 0, count)

    def _fill(
        self,
        *,
        question_id: int = 0,
        transform: _rt.Iterable[PromisedAnswer_Op | PromisedAnswer_Op_Fields] | None = None,
    ) -> None:
        try:
            _PACK_PromisedAnswer(self._s, self._o, question_id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.question_id = question_id
            raise
        if transform is not None:
            _LIST_PromisedAnswer_Op.write(self, 0, transform)


class PromisedAnswer_Promise(_rt.PendingCall[PromisedAnswer]):
    """A call whose results are a PromisedAnswer."""

    __slots__ = ()
    _results = PromisedAnswer


if _rt.TYPE_CHECKING:

    class ThirdPartyCapDescriptor_Fields(_rt.TypedDict, total=False):
        """The fields of ThirdPartyCapDescriptor, for construction; those left out keep their defaults."""

        id: _rt.AnyValue
        vine_id: int


class ThirdPartyCapDescriptor(_rt.StructReader):
    """**(level 3)**

    Identifies a capability in a third-party vat that the sender wants the receiver to pick up.
    """

    __slots__ = ()
    _size = (1, 1)
    _id = 0xD37007FDE1F0027D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ThirdPartyCapDescriptor_Builder"

    @property
    def id(self) -> _rt.AnyPointerReader:
        """Identifies the third-party host and the specific capability to accept from it."""
        return _rt.any_reader(self, 0)

    @property
    def vine_id(self) -> int:
        """A proxy for the third-party object exported by the sender.  In CapTP terminology this is called
        a "vine", because it is an indirect reference to the third-party object that snakes through the
        sender vat.  This serves two purposes:

        * Level 1 and 2 implementations that don't understand how to connect to a third party may
          simply send calls to the vine.  Such calls will be forwarded to the third-party by the
          sender.

        * Level 3 implementations must release the vine only once they have successfully picked up the
          object from the third party.  This ensures that the capability is not released by the sender
          prematurely.

        The sender will close the `Provide` request that it has sent to the third party as soon as
        it receives either a `Call` or a `Release` message directed at the vine.
        """
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[ThirdPartyCapDescriptor_Fields]) -> ThirdPartyCapDescriptor_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ThirdPartyCapDescriptor_Builder)
        if fields:
            built._fill(**fields)
        return built


class ThirdPartyCapDescriptor_Builder(ThirdPartyCapDescriptor, _rt.StructBuilder):
    """Builder of ThirdPartyCapDescriptor."""

    __slots__ = ()

    @property
    def id(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @id.setter
    def id(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    @property
    def vine_id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @vine_id.setter
    def vine_id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "vine_id")

    def _fill(
        self,
        *,
        id: _rt.AnyValue | None = None,
        vine_id: int = 0,
    ) -> None:
        try:
            _PACK_ThirdPartyCapDescriptor(self._s, self._o, vine_id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.vine_id = vine_id
            raise
        if id is not None:
            _rt.any_builder(self, 0).set(id)


class ThirdPartyCapDescriptor_Capabilities(_rt.Pipeline):
    """What can be called before a ThirdPartyCapDescriptor is there."""

    __slots__ = ()

    @property
    def id(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class ThirdPartyCapDescriptor_Pipeline(ThirdPartyCapDescriptor_Capabilities):
    """A ThirdPartyCapDescriptor inside results that are still to come."""

    __slots__ = ()


class ThirdPartyCapDescriptor_Promise(
    ThirdPartyCapDescriptor_Capabilities, _rt.PendingCall[ThirdPartyCapDescriptor]
):
    """A call whose results are a ThirdPartyCapDescriptor."""

    __slots__ = ()
    _results = ThirdPartyCapDescriptor


if _rt.TYPE_CHECKING:

    class Exception_Fields(_rt.TypedDict, total=False):
        """The fields of Exception, for construction; those left out keep their defaults."""

        reason: str
        obsolete_is_callers_fault: bool
        obsolete_durability: int
        type: Exception_Type
        trace: str


class Exception(_rt.StructReader):
    """**(level 0)**

    Describes an arbitrary error that prevented an operation (e.g. a call) from completing.

    Cap'n Proto exceptions always indicate that something went wrong. In other words, in a fantasy
    world where everything always works as expected, no exceptions would ever be thrown. Clients
    should only ever catch exceptions as a means to implement fault-tolerance, where "fault" can
    mean:
    - Bugs.
    - Invalid input.
    - Configuration errors.
    - Network problems.
    - Insufficient resources.
    - Version skew (unimplemented functionality).
    - Other logistical problems.

    Exceptions should NOT be used to flag application-specific conditions that a client is expected
    to handle in an application-specific way. Put another way, in the Cap'n Proto world,
    "checked exceptions" (where an interface explicitly defines the exceptions it throws and
    clients are forced by the type system to handle those exceptions) do NOT make sense.
    """

    __slots__ = ()
    _size = (1, 2)
    _id = 0xD625B7063ACF691A

    Type: _rt.TypeAlias = Exception_Type
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Exception_Builder"

    @property
    def reason(self) -> str:
        """Human-readable failure description."""
        return self._text(0)

    @property
    def obsolete_is_callers_fault(self) -> bool:
        """OBSOLETE. Ignore."""
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @property
    def obsolete_durability(self) -> int:
        """OBSOLETE. See `type` instead."""
        o = self._o + 2
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def type(self) -> Exception_Type:
        """The type of the error. The purpose of this enum is not to describe the error itself, but
        rather to describe how the client might want to respond to the error.
        """
        o = self._o + 4
        return Exception_Type.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def trace(self) -> str:
        """Stack trace text from the remote server. The format is not specified. By default,
        implementations do not provide stack traces; the application must explicitly enable them
        when desired.
        """
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Exception_Fields]) -> Exception_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Exception_Builder)
        if fields:
            built._fill(**fields)
        return built


class Exception_Builder(Exception, _rt.StructBuilder):
    """Builder of Exception."""

    __slots__ = ()

    @property
    def reason(self) -> str:
        return self._text(0)

    @reason.setter
    def reason(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def obsolete_is_callers_fault(self) -> bool:
        return self._s[self._o] & 1 != 0

    @obsolete_is_callers_fault.setter
    def obsolete_is_callers_fault(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    @property
    def obsolete_durability(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 2)[0]

    @obsolete_durability.setter
    def obsolete_durability(self, value: int) -> None:
        _rt.put_u16(self, 2, value, "obsolete_durability")

    @property
    def type(self) -> Exception_Type:
        return Exception_Type.of(_rt.unpack_u16(self._s, self._o + 4)[0])

    @type.setter
    def type(self, value: Exception_Type) -> None:
        _rt.put_u16(self, 4, _rt.enum_number(Exception_Type, value), "type")

    @property
    def trace(self) -> str:
        return self._text(8)

    @trace.setter
    def trace(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        reason: str | None = None,
        obsolete_is_callers_fault: bool = False,
        obsolete_durability: int = 0,
        type: Exception_Type = Exception_Type.of(0),
        trace: str | None = None,
    ) -> None:
        try:
            _PACK_Exception(
                self._s, self._o, (1 if obsolete_is_callers_fault else 0), obsolete_durability, type
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.obsolete_is_callers_fault, self.obsolete_durability, self.type = (
                obsolete_is_callers_fault,
                obsolete_durability,
                type,
            )
            raise
        if reason is not None:
            self._new_text(0, reason)
        if trace is not None:
            self._new_text(8, trace)


class Exception_Promise(_rt.PendingCall[Exception]):
    """A call whose results are a Exception."""

    __slots__ = ()
    _results = Exception


_PACK_Bootstrap = _rt.Struct("<I").pack_into
_PACK_Call = _rt.Struct("<IH2xQB").pack_into
_PACK_Return = _rt.Struct("<IB").pack_into
_PACK_Finish = _rt.Struct("<IB").pack_into
_PACK_Resolve = _rt.Struct("<I").pack_into
_PACK_Release = _rt.Struct("<II").pack_into
_PACK_Provide = _rt.Struct("<I").pack_into
_PACK_Accept = _rt.Struct("<IB").pack_into
_PACK_Join = _rt.Struct("<I").pack_into
_PACK_CapDescriptor = _rt.Struct("<2xB").pack_into
_PACK_PromisedAnswer = _rt.Struct("<I").pack_into
_PACK_ThirdPartyCapDescriptor = _rt.Struct("<I").pack_into
_PACK_Exception = _rt.Struct("<B1xHH").pack_into
_LIST_CapDescriptor = _rt.StructListType(CapDescriptor, CapDescriptor_Builder)
_LIST_PromisedAnswer_Op = _rt.StructListType(PromisedAnswer_Op, PromisedAnswer_Op_Builder)
