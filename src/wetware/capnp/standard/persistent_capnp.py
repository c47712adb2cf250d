"""Generated from persistent.capnp by `python -m wetware.capnp.generate`; do not edit."""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


if _rt.TYPE_CHECKING:

    class Persistent_SaveParams_Fields(_rt.TypedDict, total=False):
        """The fields of Persistent_SaveParams, for construction; those left out keep their defaults."""

        seal_for: _rt.AnyValue


class Persistent_SaveParams(_rt.StructReader):
    """Struct `SaveParams`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF76FBA59183073A5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Persistent_SaveParams_Builder"

    @property
    def seal_for(self) -> _rt.AnyPointerReader:
        """Seal the SturdyRef so that it can only be restored by the specified Owner. This is meant
        to mitigate damage when a SturdyRef is leaked. See comments above.

        Leaving this value null may or may not be allowed; it is up to the realm to decide. If a
        realm does allow a null owner, this should indicate that anyone is allowed to restore the
        ref.
        """
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Persistent_SaveParams_Fields]) -> Persistent_SaveParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Persistent_SaveParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Persistent_SaveParams_Builder(Persistent_SaveParams, _rt.StructBuilder):
    """Builder of Persistent_SaveParams."""

    __slots__ = ()

    @property
    def seal_for(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @seal_for.setter
    def seal_for(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    def _fill(
        self,
        *,
        seal_for: _rt.AnyValue | None = None,
    ) -> None:
        if seal_for is not None:
            _rt.any_builder(self, 0).set(seal_for)


class Persistent_SaveParams_Capabilities(_rt.Pipeline):
    """What can be called before a Persistent_SaveParams is there."""

    __slots__ = ()

    @property
    def seal_for(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Persistent_SaveParams_Pipeline(Persistent_SaveParams_Capabilities):
    """A Persistent_SaveParams inside results that are still to come."""

    __slots__ = ()


class Persistent_SaveParams_Promise(
    Persistent_SaveParams_Capabilities, _rt.PendingCall[Persistent_SaveParams]
):
    """A call whose results are a Persistent_SaveParams."""

    __slots__ = ()
    _results = Persistent_SaveParams


if _rt.TYPE_CHECKING:

    class Persistent_SaveResults_Fields(_rt.TypedDict, total=False):
        """The fields of Persistent_SaveResults, for construction; those left out keep their defaults."""

        sturdy_ref: _rt.AnyValue


class Persistent_SaveResults(_rt.StructReader):
    """Struct `SaveResults`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xB76848C18C40EFBF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Persistent_SaveResults_Builder"

    @property
    def sturdy_ref(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Persistent_SaveResults_Fields]) -> Persistent_SaveResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Persistent_SaveResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Persistent_SaveResults_Builder(Persistent_SaveResults, _rt.StructBuilder):
    """Builder of Persistent_SaveResults."""

    __slots__ = ()

    @property
    def sturdy_ref(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @sturdy_ref.setter
    def sturdy_ref(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    def _fill(
        self,
        *,
        sturdy_ref: _rt.AnyValue | None = None,
    ) -> None:
        if sturdy_ref is not None:
            _rt.any_builder(self, 0).set(sturdy_ref)


class Persistent_SaveResults_Capabilities(_rt.Pipeline):
    """What can be called before a Persistent_SaveResults is there."""

    __slots__ = ()

    @property
    def sturdy_ref(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Persistent_SaveResults_Pipeline(Persistent_SaveResults_Capabilities):
    """A Persistent_SaveResults inside results that are still to come."""

    __slots__ = ()


class Persistent_SaveResults_Promise(
    Persistent_SaveResults_Capabilities, _rt.PendingCall[Persistent_SaveResults]
):
    """A call whose results are a Persistent_SaveResults."""

    __slots__ = ()
    _results = Persistent_SaveResults


class Persistent(_rt.Client):
    """Interface implemented by capabilities that outlive a single connection. A client may save()
    the capability, producing a SturdyRef. The SturdyRef can be stored to disk, then later used to
    obtain a new reference to the capability on a future connection.

    The exact format of SturdyRef depends on the "realm" in which the SturdyRef appears. A "realm"
    is an abstract space in which all SturdyRefs have the same format and refer to the same set of
    resources. Every vat is in exactly one realm. All capability clients within that vat must
    produce SturdyRefs of the format appropriate for the realm.

    Similarly, every VatNetwork also resides in a particular realm. Usually, a vat's "realm"
    corresponds to the realm of its main VatNetwork. However, a Vat can in fact communicate over
    a VatNetwork in a different realm -- in this case, all SturdyRefs need to be transformed when
    coming or going through said VatNetwork. The RPC system has hooks for registering
    transformation callbacks for this purpose.

    Since the format of SturdyRef is realm-dependent, it is not defined here. An application should
    choose an appropriate realm for itself as part of its design. Note that under Sandstorm, every
    application exists in its own realm and is therefore free to define its own SturdyRef format;
    the Sandstorm platform handles translating between realms.

    Note that whether a capability is persistent is often orthogonal to its type. In these cases,
    the capability's interface should NOT inherit `Persistent`; instead, just perform a cast at
    runtime. It's not type-safe, but trying to be type-safe in these cases will likely lead to
    tears. In cases where a particular interface only makes sense on persistent capabilities, it
    still should not explicitly inherit Persistent because the `SturdyRef` and `Owner` types will
    vary between realms (they may even be different at the call site than they are on the
    implementation). Instead, mark persistent interfaces with the $persistent annotation (defined
    below).

    Sealing
    -------

    As an added security measure, SturdyRefs may be "sealed" to a particular owner, such that
    if the SturdyRef itself leaks to a third party, that party cannot actually restore it because
    they are not the owner. To restore a sealed capability, you must first prove to its host that
    you are the rightful owner. The precise mechanism for this authentication is defined by the
    realm.

    Sealing is a defense-in-depth mechanism meant to mitigate damage in the case of catastrophic
    attacks. For example, say an attacker temporarily gains read access to a database full of
    SturdyRefs: it would be unfortunate if it were then necessary to revoke every single reference
    in the database to prevent the attacker from using them.

    In general, an "owner" is a course-grained identity. Because capability-based security is still
    the primary mechanism of security, it is not necessary nor desirable to have a separate "owner"
    identity for every single process or object; that is exactly what capabilities are supposed to
    avoid! Instead, it makes sense for an "owner" to literally identify the owner of the machines
    where the capability is stored. If untrusted third parties are able to run arbitrary code on
    said machines, then the sandbox for that code should be designed using Distributed Confinement
    such that the third-party code never sees the bits of the SturdyRefs and cannot directly
    exercise the owner's power to restore refs. See:

        http://www.erights.org/elib/capability/dist-confine.html

    Resist the urge to represent an Owner as a simple public key. The whole point of sealing is to
    defend against leaked-storage attacks. Such attacks can easily result in the owner's private
    key being stolen as well. A better solution is for `Owner` to contain a simple globally unique
    identifier for the owner, and for everyone to separately maintain a mapping of owner IDs to
    public keys. If an owner's private key is compromised, then humans will need to communicate
    and agree on a replacement public key, then update the mapping.

    As a concrete example, an `Owner` could simply contain a domain name, and restoring a SturdyRef
    would require signing a request using the domain's private key. Authenticating this key could
    be accomplished through certificate authorities or web-of-trust techniques.
    """

    __slots__ = ()
    _id = 0xC8CB212FCD9F5691

    SaveParams: _rt.TypeAlias = Persistent_SaveParams
    SaveResults: _rt.TypeAlias = Persistent_SaveResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Persistent_Server"

    def save(
        self,
        *,
        seal_for: _rt.AnyValue | None = None,
    ) -> Persistent_SaveResults_Promise:
        """Save a capability persistently so that it can be restored by a future connection.  Not all
        capabilities can be saved -- application interfaces should define which capabilities support
        this and which do not.
        """
        _params = _rt.new_message(Persistent_SaveParams_Builder)
        _params._fill(seal_for=seal_for)
        return Persistent_SaveResults_Promise(self._send(0xC8CB212FCD9F5691, 0, _params._m))


async def _handle_Persistent_save(
    server: Persistent_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Persistent_SaveParams)
    return _rt.outcome(
        Persistent_SaveResults_Builder, await server.save(seal_for=params.seal_for, context=context)
    )


class Persistent_Server(_rt.Server):
    """Derive from it to serve `Persistent`."""

    __slots__ = ()
    _id = 0xC8CB212FCD9F5691
    _client = Persistent

    @_rt.abstractmethod
    async def save(
        self,
        *,
        seal_for: _rt.AnyPointerReader,
        context: _rt.CallContext,
    ) -> Persistent_SaveResults | Persistent_SaveResults_Fields | Persistent_SaveResults_Promise | None:
        """Save a capability persistently so that it can be restored by a future connection.  Not all
        capabilities can be saved -- application interfaces should define which capabilities support
        this and which do not.
        """


Persistent.METHODS = {
    (0xC8CB212FCD9F5691, 0): _rt.MethodInfo(
        0xC8CB212FCD9F5691, 0, "Persistent", "save", False, Persistent_SaveParams, Persistent_SaveResults
    ),
}
Persistent_Server.METHODS = {
    (0xC8CB212FCD9F5691, 0): ("Persistent.save", _handle_Persistent_save),
}
