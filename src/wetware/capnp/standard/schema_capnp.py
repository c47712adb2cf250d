"""Generated from schema.capnp by `python -m wetware.capnp.generate`; do not edit."""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


class ElementSize(_rt.CapnpEnum):
    """Possible element sizes for encoded lists.  These correspond exactly to the possible values of
    the 3-bit element size component of a list pointer.
    """

    EMPTY = 0
    """aka "void", but that's a keyword."""
    BIT = 1
    BYTE = 2
    TWO_BYTES = 3
    FOUR_BYTES = 4
    EIGHT_BYTES = 5
    POINTER = 6
    INLINE_COMPOSITE = 7


if _rt.TYPE_CHECKING:

    class Node_Parameter_Fields(_rt.TypedDict, total=False):
        """The fields of Node_Parameter, for construction; those left out keep their defaults."""

        name: str


class Node_Parameter(_rt.StructReader):
    """Information about one of the node's parameters."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xB9521BCCF10FA3B1

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_Parameter_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Node_Parameter_Fields]) -> Node_Parameter_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Node_Parameter_Builder)
        if fields:
            built._fill(**fields)
        return built


class Node_Parameter_Builder(Node_Parameter, _rt.StructBuilder):
    """Builder of Node_Parameter."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        name: str | None = None,
    ) -> None:
        if name is not None:
            self._new_text(0, name)


class Node_Parameter_Promise(_rt.PendingCall[Node_Parameter]):
    """A call whose results are a Node_Parameter."""

    __slots__ = ()
    _results = Node_Parameter


if _rt.TYPE_CHECKING:

    class Node_NestedNode_Fields(_rt.TypedDict, total=False):
        """The fields of Node_NestedNode, for construction; those left out keep their defaults."""

        name: str
        id: int


class Node_NestedNode(_rt.StructReader):
    """Struct `NestedNode`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xDEBF55BBFA0FC242

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_NestedNode_Builder"

    @property
    def name(self) -> str:
        """Unqualified symbol name.  Unlike Node.displayName, this *can* be used programmatically.

        (On Zooko's triangle, this is the node's petname according to its parent scope.)
        """
        return self._text(0)

    @property
    def id(self) -> int:
        """ID of the nested node.  Typically, the target node's scopeId points back to this node, but
        robust code should avoid relying on this.
        """
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Node_NestedNode_Fields]) -> Node_NestedNode_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Node_NestedNode_Builder)
        if fields:
            built._fill(**fields)
        return built


class Node_NestedNode_Builder(Node_NestedNode, _rt.StructBuilder):
    """Builder of Node_NestedNode."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    def _fill(
        self,
        *,
        name: str | None = None,
        id: int = 0,
    ) -> None:
        try:
            _PACK_Node_NestedNode(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise
        if name is not None:
            self._new_text(0, name)


class Node_NestedNode_Promise(_rt.PendingCall[Node_NestedNode]):
    """A call whose results are a Node_NestedNode."""

    __slots__ = ()
    _results = Node_NestedNode


if _rt.TYPE_CHECKING:

    class Node_SourceInfo_Member_Fields(_rt.TypedDict, total=False):
        """The fields of Node_SourceInfo_Member, for construction; those left out keep their defaults."""

        doc_comment: str


class Node_SourceInfo_Member(_rt.StructReader):
    """Struct `Member`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xC2BA9038898E1FA2

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_SourceInfo_Member_Builder"

    @property
    def doc_comment(self) -> str:
        """Doc comment on the member."""
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Node_SourceInfo_Member_Fields]) -> Node_SourceInfo_Member_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Node_SourceInfo_Member_Builder)
        if fields:
            built._fill(**fields)
        return built


class Node_SourceInfo_Member_Builder(Node_SourceInfo_Member, _rt.StructBuilder):
    """Builder of Node_SourceInfo_Member."""

    __slots__ = ()

    @property
    def doc_comment(self) -> str:
        return self._text(0)

    @doc_comment.setter
    def doc_comment(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        doc_comment: str | None = None,
    ) -> None:
        if doc_comment is not None:
            self._new_text(0, doc_comment)


class Node_SourceInfo_Member_Promise(_rt.PendingCall[Node_SourceInfo_Member]):
    """A call whose results are a Node_SourceInfo_Member."""

    __slots__ = ()
    _results = Node_SourceInfo_Member


if _rt.TYPE_CHECKING:

    class Node_SourceInfo_Fields(_rt.TypedDict, total=False):
        """The fields of Node_SourceInfo, for construction; those left out keep their defaults."""

        id: int
        doc_comment: str
        members: _rt.Iterable[Node_SourceInfo_Member | Node_SourceInfo_Member_Fields]
        start_byte: int
        end_byte: int


class Node_SourceInfo(_rt.StructReader):
    """Additional information about a node which is not needed at runtime, but may be useful for
    documentation or debugging purposes. This is kept in a separate struct to make sure it
    doesn't accidentally get included in contexts where it is not needed. The
    `CodeGeneratorRequest` includes this information in a separate array.
    """

    __slots__ = ()
    _size = (2, 2)
    _id = 0xF38E1DE3041357AE

    Member: _rt.TypeAlias = Node_SourceInfo_Member
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_SourceInfo_Builder"

    @property
    def id(self) -> int:
        """ID of the Node which this info describes."""
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def doc_comment(self) -> str:
        """The top-level doc comment for the Node."""
        return self._text(0)

    @property
    def members(self) -> _rt.ListReader[Node_SourceInfo_Member]:
        """Information about each member -- i.e. fields (for structs), enumerants (for enums), or
        methods (for interfaces).

        This list is the same length and order as the corresponding list in the Node, i.e.
        Node.struct.fields, Node.enum.enumerants, or Node.interface.methods.
        """
        return _LIST_Node_SourceInfo_Member.read(self, 8)

    @property
    def start_byte(self) -> int:
        o = self._o + 8
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def end_byte(self) -> int:
        o = self._o + 12
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Node_SourceInfo_Fields]) -> Node_SourceInfo_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Node_SourceInfo_Builder)
        if fields:
            built._fill(**fields)
        return built


class Node_SourceInfo_Builder(Node_SourceInfo, _rt.StructBuilder):
    """Builder of Node_SourceInfo."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    @property
    def doc_comment(self) -> str:
        return self._text(0)

    @doc_comment.setter
    def doc_comment(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def members(self) -> _rt.ListBuilder[Node_SourceInfo_Member_Builder]:
        return _LIST_Node_SourceInfo_Member.builder(self, 8)

    @members.setter
    def members(self, value: _rt.Iterable[Node_SourceInfo_Member | Node_SourceInfo_Member_Fields]) -> None:
        _LIST_Node_SourceInfo_Member.write(self, 8, value)

    def init_members(self, count: int) -> _rt.ListBuilder[Node_SourceInfo_Member_Builder]:
        return _LIST_Node_SourceInfo_Member.init(self, 8, count)

    @property
    def start_byte(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 8)[0]

    @start_byte.setter
    def start_byte(self, value: int) -> None:
        _rt.put_u32(self, 8, value, "start_byte")

    @property
    def end_byte(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 12)[0]

    @end_byte.setter
    def end_byte(self, value: int) -> None:
        _rt.put_u32(self, 12, value, "end_byte")

    def _fill(
        self,
        *,
        id: int = 0,
        doc_comment: str | None = None,
        members: _rt.Iterable[Node_SourceInfo_Member | Node_SourceInfo_Member_Fields] | None = None,
        start_byte: int = 0,
        end_byte: int = 0,
    ) -> None:
        try:
            _PACK_Node_SourceInfo(self._s, self._o, id, start_byte, end_byte)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id, self.start_byte, self.end_byte = id, start_byte, end_byte
            raise
        if doc_comment is not None:
            self._new_text(0, doc_comment)
        if members is not None:
            _LIST_Node_SourceInfo_Member.write(self, 8, members)


class Node_SourceInfo_Promise(_rt.PendingCall[Node_SourceInfo]):
    """A call whose results are a Node_SourceInfo."""

    __slots__ = ()
    _results = Node_SourceInfo


if _rt.TYPE_CHECKING:

    class Node_Struct_Fields(_rt.TypedDict, total=False):
        """The fields of Node_Struct, for construction; those left out keep their defaults."""

        data_word_count: int
        pointer_count: int
        preferred_list_encoding: ElementSize
        is_group: bool
        discriminant_count: int
        discriminant_offset: int
        fields: _rt.Iterable[Field | Field_Fields]


class Node_Struct(_rt.StructReader):
    """Group `struct`."""

    __slots__ = ()
    _size = (6, 6)
    _id = 0x9EA0B19B37FB4435

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_Struct_Builder"

    @property
    def data_word_count(self) -> int:
        """Size of the data section, in words."""
        o = self._o + 14
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def pointer_count(self) -> int:
        """Size of the pointer section, in pointers (which are one word each)."""
        o = self._o + 24
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def preferred_list_encoding(self) -> ElementSize:
        """The preferred element size to use when encoding a list of this struct.  If this is anything
        other than `inlineComposite` then the struct is one word or less in size and is a candidate
        for list packing optimization.
        """
        o = self._o + 26
        return ElementSize.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def is_group(self) -> bool:
        """If true, then this "struct" node is actually not an independent node, but merely represents
        some named union or group within a particular parent struct.  This node's scopeId refers
        to the parent struct, which may itself be a union/group in yet another struct.

        All group nodes share the same dataWordCount and pointerCount as the top-level
        struct, and their fields live in the same ordinal and offset spaces as all other fields in
        the struct.

        Note that a named union is considered a special kind of group -- in fact, a named union
        is exactly equivalent to a group that contains nothing but an unnamed union.
        """
        o = self._o + 28
        return o < self._p and self._s[o] & 1 != 0

    @property
    def discriminant_count(self) -> int:
        """Number of fields in this struct which are members of an anonymous union, and thus may
        overlap.  If this is non-zero, then a 16-bit discriminant is present indicating which
        of the overlapping fields is active.  This can never be 1 -- if it is non-zero, it must be
        two or more.

        Note that the fields of an unnamed union are considered fields of the scope containing the
        union -- an unnamed union is not its own group.  So, a top-level struct may contain a
        non-zero discriminant count.  Named unions, on the other hand, are equivalent to groups
        containing unnamed unions.  So, a named union has its own independent schema node, with
        `isGroup` = true.
        """
        o = self._o + 30
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def discriminant_offset(self) -> int:
        """If `discriminantCount` is non-zero, this is the offset of the union discriminant, in
        multiples of 16 bits.
        """
        o = self._o + 32
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def fields(self) -> _rt.ListReader[Field]:
        """Fields defined within this scope (either the struct's top-level fields, or the fields of
        a particular group; see `isGroup`).

        The fields are sorted by ordinal number, but note that because groups share the same
        ordinal space, the field's index in this list is not necessarily exactly its ordinal.
        On the other hand, the field's position in this list does remain the same even as the
        protocol evolves, since it is not possible to insert or remove an earlier ordinal.
        Therefore, for most use cases, if you want to identify a field by number, it may make the
        most sense to use the field's index in this list rather than its ordinal.
        """
        return _LIST_Field.read(self, 24)


class Node_Struct_Builder(Node_Struct, _rt.StructBuilder):
    """Builder of Node_Struct."""

    __slots__ = ()

    @property
    def data_word_count(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 14)[0]

    @data_word_count.setter
    def data_word_count(self, value: int) -> None:
        _rt.put_u16(self, 14, value, "data_word_count")

    @property
    def pointer_count(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 24)[0]

    @pointer_count.setter
    def pointer_count(self, value: int) -> None:
        _rt.put_u16(self, 24, value, "pointer_count")

    @property
    def preferred_list_encoding(self) -> ElementSize:
        return ElementSize.of(_rt.unpack_u16(self._s, self._o + 26)[0])

    @preferred_list_encoding.setter
    def preferred_list_encoding(self, value: ElementSize) -> None:
        _rt.put_u16(self, 26, _rt.enum_number(ElementSize, value), "preferred_list_encoding")

    @property
    def is_group(self) -> bool:
        return self._s[self._o + 28] & 1 != 0

    @is_group.setter
    def is_group(self, value: bool) -> None:
        _rt.put_bool(self, 28, 1, value)

    @property
    def discriminant_count(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 30)[0]

    @discriminant_count.setter
    def discriminant_count(self, value: int) -> None:
        _rt.put_u16(self, 30, value, "discriminant_count")

    @property
    def discriminant_offset(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 32)[0]

    @discriminant_offset.setter
    def discriminant_offset(self, value: int) -> None:
        _rt.put_u32(self, 32, value, "discriminant_offset")

    @property
    def fields(self) -> _rt.ListBuilder[Field_Builder]:
        return _LIST_Field.builder(self, 24)

    @fields.setter
    def fields(self, value: _rt.Iterable[Field | Field_Fields]) -> None:
        _LIST_Field.write(self, 24, value)

    def init_fields(self, count: int) -> _rt.ListBuilder[Field_Builder]:
        return _LIST_Field.init(self, 24, count)

    def _fill(
        self,
        *,
        data_word_count: int | None = None,
        pointer_count: int | None = None,
        preferred_list_encoding: ElementSize | None = None,
        is_group: bool | None = None,
        discriminant_count: int | None = None,
        discriminant_offset: int | None = None,
        fields: _rt.Iterable[Field | Field_Fields] | None = None,
    ) -> None:
        if data_word_count is not None:
            _rt.put_u16(self, 14, data_word_count, "data_word_count")
        if pointer_count is not None:
            _rt.put_u16(self, 24, pointer_count, "pointer_count")
        if preferred_list_encoding is not None:
            _rt.put_u16(
                self, 26, _rt.enum_number(ElementSize, preferred_list_encoding), "preferred_list_encoding"
            )
        if is_group is not None:
            _rt.put_bool(self, 28, 1, is_group)
        if discriminant_count is not None:
            _rt.put_u16(self, 30, discriminant_count, "discriminant_count")
        if discriminant_offset is not None:
            _rt.put_u32(self, 32, discriminant_offset, "discriminant_offset")
        if fields is not None:
            _LIST_Field.write(self, 24, fields)


if _rt.TYPE_CHECKING:

    class Node_Enum_Fields(_rt.TypedDict, total=False):
        """The fields of Node_Enum, for construction; those left out keep their defaults."""

        enumerants: _rt.Iterable[Enumerant | Enumerant_Fields]


class Node_Enum(_rt.StructReader):
    """Group `enum`."""

    __slots__ = ()
    _size = (6, 6)
    _id = 0xB54AB3364333F598

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_Enum_Builder"

    @property
    def enumerants(self) -> _rt.ListReader[Enumerant]:
        """Enumerants ordered by numeric value (ordinal)."""
        return _LIST_Enumerant.read(self, 24)


class Node_Enum_Builder(Node_Enum, _rt.StructBuilder):
    """Builder of Node_Enum."""

    __slots__ = ()

    @property
    def enumerants(self) -> _rt.ListBuilder[Enumerant_Builder]:
        return _LIST_Enumerant.builder(self, 24)

    @enumerants.setter
    def enumerants(self, value: _rt.Iterable[Enumerant | Enumerant_Fields]) -> None:
        _LIST_Enumerant.write(self, 24, value)

    def init_enumerants(self, count: int) -> _rt.ListBuilder[Enumerant_Builder]:
        return _LIST_Enumerant.init(self, 24, count)

    def _fill(
        self,
        *,
        enumerants: _rt.Iterable[Enumerant | Enumerant_Fields] | None = None,
    ) -> None:
        if enumerants is not None:
            _LIST_Enumerant.write(self, 24, enumerants)


if _rt.TYPE_CHECKING:

    class Node_Interface_Fields(_rt.TypedDict, total=False):
        """The fields of Node_Interface, for construction; those left out keep their defaults."""

        methods: _rt.Iterable[Method | Method_Fields]
        superclasses: _rt.Iterable[Superclass | Superclass_Fields]


class Node_Interface(_rt.StructReader):
    """Group `interface`."""

    __slots__ = ()
    _size = (6, 6)
    _id = 0xE82753CFF0C2218F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_Interface_Builder"

    @property
    def methods(self) -> _rt.ListReader[Method]:
        """Methods ordered by ordinal."""
        return _LIST_Method.read(self, 24)

    @property
    def superclasses(self) -> _rt.ListReader[Superclass]:
        """Superclasses of this interface."""
        return _LIST_Superclass.read(self, 32)


class Node_Interface_Builder(Node_Interface, _rt.StructBuilder):
    """Builder of Node_Interface."""

    __slots__ = ()

    @property
    def methods(self) -> _rt.ListBuilder[Method_Builder]:
        return _LIST_Method.builder(self, 24)

    @methods.setter
    def methods(self, value: _rt.Iterable[Method | Method_Fields]) -> None:
        _LIST_Method.write(self, 24, value)

    def init_methods(self, count: int) -> _rt.ListBuilder[Method_Builder]:
        return _LIST_Method.init(self, 24, count)

    @property
    def superclasses(self) -> _rt.ListBuilder[Superclass_Builder]:
        return _LIST_Superclass.builder(self, 32)

    @superclasses.setter
    def superclasses(self, value: _rt.Iterable[Superclass | Superclass_Fields]) -> None:
        _LIST_Superclass.write(self, 32, value)

    def init_superclasses(self, count: int) -> _rt.ListBuilder[Superclass_Builder]:
        return _LIST_Superclass.init(self, 32, count)

    def _fill(
        self,
        *,
        methods: _rt.Iterable[Method | Method_Fields] | None = None,
        superclasses: _rt.Iterable[Superclass | Superclass_Fields] | None = None,
    ) -> None:
        if methods is not None:
            _LIST_Method.write(self, 24, methods)
        if superclasses is not None:
            _LIST_Superclass.write(self, 32, superclasses)


if _rt.TYPE_CHECKING:

    class Node_Const_Fields(_rt.TypedDict, total=False):
        """The fields of Node_Const, for construction; those left out keep their defaults."""

        type: Type | Type_Fields
        value: Value | Value_Fields


class Node_Const(_rt.StructReader):
    """Group `const`."""

    __slots__ = ()
    _size = (6, 6)
    _id = 0xB18AA5AC7A0D9420

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_Const_Builder"

    @property
    def type(self) -> Type:
        return self._struct(Type, 24)

    @property
    def has_type(self) -> bool:
        return self._has(24)

    @property
    def value(self) -> Value:
        return self._struct(Value, 32)

    @property
    def has_value(self) -> bool:
        return self._has(32)


class Node_Const_Builder(Node_Const, _rt.StructBuilder):
    """Builder of Node_Const."""

    __slots__ = ()

    @property
    def type(self) -> Type_Builder:
        return self._struct_builder(Type_Builder, 24)

    @type.setter
    def type(self, value: Type | Type_Fields) -> None:
        self._put_struct(Type_Builder, 24, value)

    def init_type(self) -> Type_Builder:
        return self._init_struct(Type_Builder, 24)

    @property
    def value(self) -> Value_Builder:
        return self._struct_builder(Value_Builder, 32)

    @value.setter
    def value(self, value: Value | Value_Fields) -> None:
        self._put_struct(Value_Builder, 32, value)

    def init_value(self) -> Value_Builder:
        return self._init_struct(Value_Builder, 32)

    def _fill(
        self,
        *,
        type: Type | Type_Fields | None = None,
        value: Value | Value_Fields | None = None,
    ) -> None:
        if type is not None:
            self._put_struct(Type_Builder, 24, type)
        if value is not None:
            self._put_struct(Value_Builder, 32, value)


class Node_Const_Capabilities(_rt.Pipeline):
    """What can be called before a Node_Const is there."""

    __slots__ = ()

    @property
    def value(self) -> Value_Pipeline:
        return self._inside(Value_Pipeline, 4)


class Node_Const_Pipeline(Node_Const_Capabilities):
    """A Node_Const inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Node_Annotation_Fields(_rt.TypedDict, total=False):
        """The fields of Node_Annotation, for construction; those left out keep their defaults."""

        type: Type | Type_Fields
        targets_file: bool
        targets_const: bool
        targets_enum: bool
        targets_enumerant: bool
        targets_struct: bool
        targets_field: bool
        targets_union: bool
        targets_group: bool
        targets_interface: bool
        targets_method: bool
        targets_param: bool
        targets_annotation: bool


class Node_Annotation(_rt.StructReader):
    """Group `annotation`."""

    __slots__ = ()
    _size = (6, 6)
    _id = 0xEC1619D4400A0290

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_Annotation_Builder"

    @property
    def type(self) -> Type:
        return self._struct(Type, 24)

    @property
    def has_type(self) -> bool:
        return self._has(24)

    @property
    def targets_file(self) -> bool:
        o = self._o + 14
        return o < self._p and self._s[o] & 1 != 0

    @property
    def targets_const(self) -> bool:
        o = self._o + 14
        return o < self._p and self._s[o] & 2 != 0

    @property
    def targets_enum(self) -> bool:
        o = self._o + 14
        return o < self._p and self._s[o] & 4 != 0

    @property
    def targets_enumerant(self) -> bool:
        o = self._o + 14
        return o < self._p and self._s[o] & 8 != 0

    @property
    def targets_struct(self) -> bool:
        o = self._o + 14
        return o < self._p and self._s[o] & 16 != 0

    @property
    def targets_field(self) -> bool:
        o = self._o + 14
        return o < self._p and self._s[o] & 32 != 0

    @property
    def targets_union(self) -> bool:
        o = self._o + 14
        return o < self._p and self._s[o] & 64 != 0

    @property
    def targets_group(self) -> bool:
        o = self._o + 14
        return o < self._p and self._s[o] & 128 != 0

    @property
    def targets_interface(self) -> bool:
        o = self._o + 15
        return o < self._p and self._s[o] & 1 != 0

    @property
    def targets_method(self) -> bool:
        o = self._o + 15
        return o < self._p and self._s[o] & 2 != 0

    @property
    def targets_param(self) -> bool:
        o = self._o + 15
        return o < self._p and self._s[o] & 4 != 0

    @property
    def targets_annotation(self) -> bool:
        o = self._o + 15
        return o < self._p and self._s[o] & 8 != 0


class Node_Annotation_Builder(Node_Annotation, _rt.StructBuilder):
    """Builder of Node_Annotation."""

    __slots__ = ()

    @property
    def type(self) -> Type_Builder:
        return self._struct_builder(Type_Builder, 24)

    @type.setter
    def type(self, value: Type | Type_Fields) -> None:
        self._put_struct(Type_Builder, 24, value)

    def init_type(self) -> Type_Builder:
        return self._init_struct(Type_Builder, 24)

    @property
    def targets_file(self) -> bool:
        return self._s[self._o + 14] & 1 != 0

    @targets_file.setter
    def targets_file(self, value: bool) -> None:
        _rt.put_bool(self, 14, 1, value)

    @property
    def targets_const(self) -> bool:
        return self._s[self._o + 14] & 2 != 0

    @targets_const.setter
    def targets_const(self, value: bool) -> None:
        _rt.put_bool(self, 14, 2, value)

    @property
    def targets_enum(self) -> bool:
        return self._s[self._o + 14] & 4 != 0

    @targets_enum.setter
    def targets_enum(self, value: bool) -> None:
        _rt.put_bool(self, 14, 4, value)

    @property
    def targets_enumerant(self) -> bool:
        return self._s[self._o + 14] & 8 != 0

    @targets_enumerant.setter
    def targets_enumerant(self, value: bool) -> None:
        _rt.put_bool(self, 14, 8, value)

    @property
    def targets_struct(self) -> bool:
        return self._s[self._o + 14] & 16 != 0

    @targets_struct.setter
    def targets_struct(self, value: bool) -> None:
        _rt.put_bool(self, 14, 16, value)

    @property
    def targets_field(self) -> bool:
        return self._s[self._o + 14] & 32 != 0

    @targets_field.setter
    def targets_field(self, value: bool) -> None:
        _rt.put_bool(self, 14, 32, value)

    @property
    def targets_union(self) -> bool:
        return self._s[self._o + 14] & 64 != 0

    @targets_union.setter
    def targets_union(self, value: bool) -> None:
        _rt.put_bool(self, 14, 64, value)

    @property
    def targets_group(self) -> bool:
        return self._s[self._o + 14] & 128 != 0

    @targets_group.setter
    def targets_group(self, value: bool) -> None:
        _rt.put_bool(self, 14, 128, value)

    @property
    def targets_interface(self) -> bool:
        return self._s[self._o + 15] & 1 != 0

    @targets_interface.setter
    def targets_interface(self, value: bool) -> None:
        _rt.put_bool(self, 15, 1, value)

    @property
    def targets_method(self) -> bool:
        return self._s[self._o + 15] & 2 != 0

    @targets_method.setter
    def targets_method(self, value: bool) -> None:
        _rt.put_bool(self, 15, 2, value)

    @property
    def targets_param(self) -> bool:
        return self._s[self._o + 15] & 4 != 0

    @targets_param.setter
    def targets_param(self, value: bool) -> None:
        _rt.put_bool(self, 15, 4, value)

    @property
    def targets_annotation(self) -> bool:
        return self._s[self._o + 15] & 8 != 0

    @targets_annotation.setter
    def targets_annotation(self, value: bool) -> None:
        _rt.put_bool(self, 15, 8, value)

    def _fill(
        self,
        *,
        type: Type | Type_Fields | None = None,
        targets_file: bool | None = None,
        targets_const: bool | None = None,
        targets_enum: bool | None = None,
        targets_enumerant: bool | None = None,
        targets_struct: bool | None = None,
        targets_field: bool | None = None,
        targets_union: bool | None = None,
        targets_group: bool | None = None,
        targets_interface: bool | None = None,
        targets_method: bool | None = None,
        targets_param: bool | None = None,
        targets_annotation: bool | None = None,
    ) -> None:
        if type is not None:
            self._put_struct(Type_Builder, 24, type)
        if targets_file is not None:
            _rt.put_bool(self, 14, 1, targets_file)
        if targets_const is not None:
            _rt.put_bool(self, 14, 2, targets_const)
        if targets_enum is not None:
            _rt.put_bool(self, 14, 4, targets_enum)
        if targets_enumerant is not None:
            _rt.put_bool(self, 14, 8, targets_enumerant)
        if targets_struct is not None:
            _rt.put_bool(self, 14, 16, targets_struct)
        if targets_field is not None:
            _rt.put_bool(self, 14, 32, targets_field)
        if targets_union is not None:
            _rt.put_bool(self, 14, 64, targets_union)
        if targets_group is not None:
            _rt.put_bool(self, 14, 128, targets_group)
        if targets_interface is not None:
            _rt.put_bool(self, 15, 1, targets_interface)
        if targets_method is not None:
            _rt.put_bool(self, 15, 2, targets_method)
        if targets_param is not None:
            _rt.put_bool(self, 15, 4, targets_param)
        if targets_annotation is not None:
            _rt.put_bool(self, 15, 8, targets_annotation)


if _rt.TYPE_CHECKING:

    class Node_Fields(_rt.TypedDict, total=False):
        """The fields of Node, for construction; those left out keep their defaults."""

        id: int
        display_name: str
        display_name_prefix_length: int
        scope_id: int
        nested_nodes: _rt.Iterable[Node_NestedNode | Node_NestedNode_Fields]
        annotations: _rt.Iterable[Annotation | Annotation_Fields]
        file: bool
        struct: Node_Struct_Fields
        enum: Node_Enum_Fields
        interface: Node_Interface_Fields
        const: Node_Const_Fields
        annotation: Node_Annotation_Fields
        parameters: _rt.Iterable[Node_Parameter | Node_Parameter_Fields]
        is_generic: bool
        start_byte: int
        end_byte: int


class Node(_rt.StructReader):
    """Struct `Node`."""

    __slots__ = ()
    _size = (6, 6)
    _id = 0xE682AB4CF923A417

    Parameter: _rt.TypeAlias = Node_Parameter
    NestedNode: _rt.TypeAlias = Node_NestedNode
    SourceInfo: _rt.TypeAlias = Node_SourceInfo
    Struct: _rt.TypeAlias = Node_Struct
    Enum: _rt.TypeAlias = Node_Enum
    Interface: _rt.TypeAlias = Node_Interface
    Const: _rt.TypeAlias = Node_Const
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Node_Builder"

    @property
    def which(self) -> _rt.Literal["file", "struct", "enum", "interface", "const", "annotation", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(12)
        return ("file", "struct", "enum", "interface", "const", "annotation")[tag] if tag < 6 else "unknown"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def display_name(self) -> str:
        """Name to present to humans to identify this Node.  You should not attempt to parse this.  Its
        format could change.  It is not guaranteed to be unique.

        (On Zooko's triangle, this is the node's nickname.)
        """
        return self._text(0)

    @property
    def display_name_prefix_length(self) -> int:
        """If you want a shorter version of `displayName` (just naming this node, without its surrounding
        scope), chop off this many characters from the beginning of `displayName`.
        """
        o = self._o + 8
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def scope_id(self) -> int:
        """ID of the lexical parent node.  Typically, the scope node will have a NestedNode pointing back
        at this node, but robust code should avoid relying on this (and, in fact, group nodes are not
        listed in the outer struct's nestedNodes, since they are listed in the fields).  `scopeId` is
        zero if the node has no parent, which is normally only the case with files, but should be
        allowed for any kind of node (in order to make runtime type generation easier).
        """
        o = self._o + 16
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def nested_nodes(self) -> _rt.ListReader[Node_NestedNode]:
        """List of nodes nested within this node, along with the names under which they were declared."""
        return _LIST_Node_NestedNode.read(self, 8)

    @property
    def annotations(self) -> _rt.ListReader[Annotation]:
        """Annotations applied to this node."""
        return _LIST_Annotation.read(self, 16)

    @property
    def file(self) -> None:
        if self._tag(12) != 0:
            raise _rt.inactive(self, "file")
        return None

    @property
    def struct(self) -> Node_Struct:
        if self._tag(12) != 1:
            raise _rt.inactive(self, "struct")
        return Node_Struct(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def enum(self) -> Node_Enum:
        if self._tag(12) != 2:
            raise _rt.inactive(self, "enum")
        return Node_Enum(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def interface(self) -> Node_Interface:
        if self._tag(12) != 3:
            raise _rt.inactive(self, "interface")
        return Node_Interface(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def const(self) -> Node_Const:
        if self._tag(12) != 4:
            raise _rt.inactive(self, "const")
        return Node_Const(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def annotation(self) -> Node_Annotation:
        if self._tag(12) != 5:
            raise _rt.inactive(self, "annotation")
        return Node_Annotation(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def parameters(self) -> _rt.ListReader[Node_Parameter]:
        """If this node is parameterized (generic), the list of parameters. Empty for non-generic types."""
        return _LIST_Node_Parameter.read(self, 40)

    @property
    def is_generic(self) -> bool:
        """True if this node is generic, meaning that it or one of its parent scopes has a non-empty
        `parameters`.
        """
        o = self._o + 36
        return o < self._p and self._s[o] & 1 != 0

    @property
    def start_byte(self) -> int:
        o = self._o + 40
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def end_byte(self) -> int:
        o = self._o + 44
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Node_Fields]) -> Node_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Node_Builder)
        if fields:
            built._fill(**fields)
        return built


class Node_Builder(Node, _rt.StructBuilder):
    """Builder of Node."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    @property
    def display_name(self) -> str:
        return self._text(0)

    @display_name.setter
    def display_name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def display_name_prefix_length(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 8)[0]

    @display_name_prefix_length.setter
    def display_name_prefix_length(self, value: int) -> None:
        _rt.put_u32(self, 8, value, "display_name_prefix_length")

    @property
    def scope_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 16)[0]

    @scope_id.setter
    def scope_id(self, value: int) -> None:
        _rt.put_u64(self, 16, value, "scope_id")

    @property
    def nested_nodes(self) -> _rt.ListBuilder[Node_NestedNode_Builder]:
        return _LIST_Node_NestedNode.builder(self, 8)

    @nested_nodes.setter
    def nested_nodes(self, value: _rt.Iterable[Node_NestedNode | Node_NestedNode_Fields]) -> None:
        _LIST_Node_NestedNode.write(self, 8, value)

    def init_nested_nodes(self, count: int) -> _rt.ListBuilder[Node_NestedNode_Builder]:
        return _LIST_Node_NestedNode.init(self, 8, count)

    @property
    def annotations(self) -> _rt.ListBuilder[Annotation_Builder]:
        return _LIST_Annotation.builder(self, 16)

    @annotations.setter
    def annotations(self, value: _rt.Iterable[Annotation | Annotation_Fields]) -> None:
        _LIST_Annotation.write(self, 16, value)

    def init_annotations(self, count: int) -> _rt.ListBuilder[Annotation_Builder]:
        return _LIST_Annotation.init(self, 16, count)

    @property
    def file(self) -> None:
        if self._tag(12) != 0:
            raise _rt.inactive(self, "file")
        return None

    @file.setter
    def file(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 12, 0)

    @property
    def struct(self) -> Node_Struct_Builder:
        if self._tag(12) != 1:
            raise _rt.inactive(self, "struct")
        return Node_Struct_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_struct(self) -> Node_Struct_Builder:
        """Make `struct` the union's member, with all defaults."""
        _rt.reset(self, ((14, 2), (24, 2), (26, 2), (28, -1), (30, 2), (32, 4)), (24,))
        _rt.pack_u16(self._s, self._o + 12, 1)
        return Node_Struct_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def enum(self) -> Node_Enum_Builder:
        if self._tag(12) != 2:
            raise _rt.inactive(self, "enum")
        return Node_Enum_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_enum(self) -> Node_Enum_Builder:
        """Make `enum` the union's member, with all defaults."""
        _rt.reset(self, (), (24,))
        _rt.pack_u16(self._s, self._o + 12, 2)
        return Node_Enum_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def interface(self) -> Node_Interface_Builder:
        if self._tag(12) != 3:
            raise _rt.inactive(self, "interface")
        return Node_Interface_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_interface(self) -> Node_Interface_Builder:
        """Make `interface` the union's member, with all defaults."""
        _rt.reset(self, (), (24, 32))
        _rt.pack_u16(self._s, self._o + 12, 3)
        return Node_Interface_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def const(self) -> Node_Const_Builder:
        if self._tag(12) != 4:
            raise _rt.inactive(self, "const")
        return Node_Const_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_const(self) -> Node_Const_Builder:
        """Make `const` the union's member, with all defaults."""
        _rt.reset(self, (), (24, 32))
        _rt.pack_u16(self._s, self._o + 12, 4)
        return Node_Const_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def annotation(self) -> Node_Annotation_Builder:
        if self._tag(12) != 5:
            raise _rt.inactive(self, "annotation")
        return Node_Annotation_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_annotation(self) -> Node_Annotation_Builder:
        """Make `annotation` the union's member, with all defaults."""
        _rt.reset(
            self,
            (
                (14, -128),
                (14, -64),
                (14, -32),
                (14, -16),
                (14, -8),
                (14, -4),
                (14, -2),
                (14, -1),
                (15, -8),
                (15, -4),
                (15, -2),
                (15, -1),
            ),
            (24,),
        )
        _rt.pack_u16(self._s, self._o + 12, 5)
        return Node_Annotation_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def parameters(self) -> _rt.ListBuilder[Node_Parameter_Builder]:
        return _LIST_Node_Parameter.builder(self, 40)

    @parameters.setter
    def parameters(self, value: _rt.Iterable[Node_Parameter | Node_Parameter_Fields]) -> None:
        _LIST_Node_Parameter.write(self, 40, value)

    def init_parameters(self, count: int) -> _rt.ListBuilder[Node_Parameter_Builder]:
        return _LIST_Node_Parameter.init(self, 40, count)

    @property
    def is_generic(self) -> bool:
        return self._s[self._o + 36] & 1 != 0

    @is_generic.setter
    def is_generic(self, value: bool) -> None:
        _rt.put_bool(self, 36, 1, value)

    @property
    def start_byte(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 40)[0]

    @start_byte.setter
    def start_byte(self, value: int) -> None:
        _rt.put_u32(self, 40, value, "start_byte")

    @property
    def end_byte(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 44)[0]

    @end_byte.setter
    def end_byte(self, value: int) -> None:
        _rt.put_u32(self, 44, value, "end_byte")

    def _fill(
        self,
        *,
        id: int = 0,
        display_name: str | None = None,
        display_name_prefix_length: int = 0,
        scope_id: int = 0,
        nested_nodes: _rt.Iterable[Node_NestedNode | Node_NestedNode_Fields] | None = None,
        annotations: _rt.Iterable[Annotation | Annotation_Fields] | None = None,
        file: bool | None = None,
        struct: Node_Struct_Fields | None = None,
        enum: Node_Enum_Fields | None = None,
        interface: Node_Interface_Fields | None = None,
        const: Node_Const_Fields | None = None,
        annotation: Node_Annotation_Fields | None = None,
        parameters: _rt.Iterable[Node_Parameter | Node_Parameter_Fields] | None = None,
        is_generic: bool = False,
        start_byte: int = 0,
        end_byte: int = 0,
    ) -> None:
        if (file, struct, enum, interface, const, annotation).count(None) < 5:
            raise _rt.two_members(self, "file", "struct", "enum", "interface", "const", "annotation")
        try:
            _PACK_Node(
                self._s,
                self._o,
                id,
                display_name_prefix_length,
                scope_id,
                (1 if is_generic else 0),
                start_byte,
                end_byte,
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            (
                self.id,
                self.display_name_prefix_length,
                self.scope_id,
                self.is_generic,
                self.start_byte,
                self.end_byte,
            ) = id, display_name_prefix_length, scope_id, is_generic, start_byte, end_byte
            raise
        if display_name is not None:
            self._new_text(0, display_name)
        if nested_nodes is not None:
            _LIST_Node_NestedNode.write(self, 8, nested_nodes)
        if annotations is not None:
            _LIST_Annotation.write(self, 16, annotations)
        if file is not None:
            _rt.pack_u16(self._s, self._o + 12, 0)
        if struct is not None:
            self.init_struct()._fill(**struct)
        if enum is not None:
            self.init_enum()._fill(**enum)
        if interface is not None:
            self.init_interface()._fill(**interface)
        if const is not None:
            self.init_const()._fill(**const)
        if annotation is not None:
            self.init_annotation()._fill(**annotation)
        if parameters is not None:
            _LIST_Node_Parameter.write(self, 40, parameters)


class Node_Capabilities(_rt.Pipeline):
    """What can be called before a Node is there."""

    __slots__ = ()

    @property
    def const(self) -> Node_Const_Pipeline:
        return self._inside(Node_Const_Pipeline)


class Node_Pipeline(Node_Capabilities):
    """A Node inside results that are still to come."""

    __slots__ = ()


class Node_Promise(Node_Capabilities, _rt.PendingCall[Node]):
    """A call whose results are a Node."""

    __slots__ = ()
    _results = Node


if _rt.TYPE_CHECKING:

    class Field_Slot_Fields(_rt.TypedDict, total=False):
        """The fields of Field_Slot, for construction; those left out keep their defaults."""

        offset: int
        type: Type | Type_Fields
        default_value: Value | Value_Fields
        had_explicit_default: bool


class Field_Slot(_rt.StructReader):
    """A regular, non-group, non-fixed-list field."""

    __slots__ = ()
    _size = (3, 4)
    _id = 0xC42305476BB4746F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Field_Slot_Builder"

    @property
    def offset(self) -> int:
        """Offset, in units of the field's size, from the beginning of the section in which the field
        resides.  E.g. for a UInt32 field, multiply this by 4 to get the byte offset from the
        beginning of the data section.
        """
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def type(self) -> Type:
        return self._struct(Type, 16)

    @property
    def has_type(self) -> bool:
        return self._has(16)

    @property
    def default_value(self) -> Value:
        return self._struct(Value, 24)

    @property
    def has_default_value(self) -> bool:
        return self._has(24)

    @property
    def had_explicit_default(self) -> bool:
        """Whether the default value was specified explicitly.  Non-explicit default values are always
        zero or empty values.  Usually, whether the default value was explicit shouldn't matter.
        The main use case for this flag is for structs representing method parameters:
        explicitly-defaulted parameters may be allowed to be omitted when calling the method.
        """
        o = self._o + 16
        return o < self._p and self._s[o] & 1 != 0


class Field_Slot_Builder(Field_Slot, _rt.StructBuilder):
    """Builder of Field_Slot."""

    __slots__ = ()

    @property
    def offset(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @offset.setter
    def offset(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "offset")

    @property
    def type(self) -> Type_Builder:
        return self._struct_builder(Type_Builder, 16)

    @type.setter
    def type(self, value: Type | Type_Fields) -> None:
        self._put_struct(Type_Builder, 16, value)

    def init_type(self) -> Type_Builder:
        return self._init_struct(Type_Builder, 16)

    @property
    def default_value(self) -> Value_Builder:
        return self._struct_builder(Value_Builder, 24)

    @default_value.setter
    def default_value(self, value: Value | Value_Fields) -> None:
        self._put_struct(Value_Builder, 24, value)

    def init_default_value(self) -> Value_Builder:
        return self._init_struct(Value_Builder, 24)

    @property
    def had_explicit_default(self) -> bool:
        return self._s[self._o + 16] & 1 != 0

    @had_explicit_default.setter
    def had_explicit_default(self, value: bool) -> None:
        _rt.put_bool(self, 16, 1, value)

    def _fill(
        self,
        *,
        offset: int | None = None,
        type: Type | Type_Fields | None = None,
        default_value: Value | Value_Fields | None = None,
        had_explicit_default: bool | None = None,
    ) -> None:
        if offset is not None:
            _rt.put_u32(self, 4, offset, "offset")
        if type is not None:
            self._put_struct(Type_Builder, 16, type)
        if default_value is not None:
            self._put_struct(Value_Builder, 24, default_value)
        if had_explicit_default is not None:
            _rt.put_bool(self, 16, 1, had_explicit_default)


class Field_Slot_Capabilities(_rt.Pipeline):
    """What can be called before a Field_Slot is there."""

    __slots__ = ()

    @property
    def default_value(self) -> Value_Pipeline:
        return self._inside(Value_Pipeline, 3)


class Field_Slot_Pipeline(Field_Slot_Capabilities):
    """A Field_Slot inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Field_Group_Fields(_rt.TypedDict, total=False):
        """The fields of Field_Group, for construction; those left out keep their defaults."""

        type_id: int


class Field_Group(_rt.StructReader):
    """A group."""

    __slots__ = ()
    _size = (3, 4)
    _id = 0xCAFCCDDB68DB1D11

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Field_Group_Builder"

    @property
    def type_id(self) -> int:
        """The ID of the group's node."""
        o = self._o + 16
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0


class Field_Group_Builder(Field_Group, _rt.StructBuilder):
    """Builder of Field_Group."""

    __slots__ = ()

    @property
    def type_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 16)[0]

    @type_id.setter
    def type_id(self, value: int) -> None:
        _rt.put_u64(self, 16, value, "type_id")

    def _fill(
        self,
        *,
        type_id: int | None = None,
    ) -> None:
        if type_id is not None:
            _rt.put_u64(self, 16, type_id, "type_id")


if _rt.TYPE_CHECKING:

    class Field_Ordinal_Fields(_rt.TypedDict, total=False):
        """The fields of Field_Ordinal, for construction; those left out keep their defaults."""

        implicit: bool
        explicit: int


class Field_Ordinal(_rt.StructReader):
    """Group `ordinal`."""

    __slots__ = ()
    _size = (3, 4)
    _id = 0xBB90D5C287870BE6

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Field_Ordinal_Builder"

    @property
    def which(self) -> _rt.Literal["implicit", "explicit", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(10)
        return ("implicit", "explicit")[tag] if tag < 2 else "unknown"

    @property
    def implicit(self) -> None:
        if self._tag(10) != 0:
            raise _rt.inactive(self, "implicit")
        return None

    @property
    def explicit(self) -> int:
        """The original ordinal number given to the field.  You probably should NOT use this; if you need
        a numeric identifier for a field, use its position within the field array for its scope.
        The ordinal is given here mainly just so that the original schema text can be reproduced given
        the compiled version -- i.e. so that `capnp compile -ocapnp` can do its job.
        """
        if self._tag(10) != 1:
            raise _rt.inactive(self, "explicit")
        o = self._o + 12
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0


class Field_Ordinal_Builder(Field_Ordinal, _rt.StructBuilder):
    """Builder of Field_Ordinal."""

    __slots__ = ()

    @property
    def implicit(self) -> None:
        if self._tag(10) != 0:
            raise _rt.inactive(self, "implicit")
        return None

    @implicit.setter
    def implicit(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 10, 0)

    @property
    def explicit(self) -> int:
        if self._tag(10) != 1:
            raise _rt.inactive(self, "explicit")
        return _rt.unpack_u16(self._s, self._o + 12)[0]

    @explicit.setter
    def explicit(self, value: int) -> None:
        _rt.put_u16(self, 12, value, "explicit")
        _rt.pack_u16(self._s, self._o + 10, 1)

    def _fill(
        self,
        *,
        implicit: bool | None = None,
        explicit: int | None = None,
    ) -> None:
        if (implicit, explicit).count(None) < 1:
            raise _rt.two_members(self, "implicit", "explicit")
        if implicit is not None:
            _rt.pack_u16(self._s, self._o + 10, 0)
        if explicit is not None:
            _rt.put_u16(self, 12, explicit, "explicit")
            _rt.pack_u16(self._s, self._o + 10, 1)


if _rt.TYPE_CHECKING:

    class Field_Fields(_rt.TypedDict, total=False):
        """The fields of Field, for construction; those left out keep their defaults."""

        name: str
        code_order: int
        annotations: _rt.Iterable[Annotation | Annotation_Fields]
        discriminant_value: int
        slot: Field_Slot_Fields
        group: Field_Group_Fields
        ordinal: Field_Ordinal_Fields


class Field(_rt.StructReader):
    """Schema for a field of a struct."""

    __slots__ = ()
    _size = (3, 4)
    _id = 0x9AAD50A41F4AF45F

    Slot: _rt.TypeAlias = Field_Slot
    Group: _rt.TypeAlias = Field_Group
    Ordinal: _rt.TypeAlias = Field_Ordinal
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Field_Builder"

    @property
    def which(self) -> _rt.Literal["slot", "group", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(8)
        return ("slot", "group")[tag] if tag < 2 else "unknown"

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def code_order(self) -> int:
        """Indicates where this member appeared in the code, relative to other members.
        Code ordering may have semantic relevance -- programmers tend to place related fields
        together.  So, using code ordering makes sense in human-readable formats where ordering is
        otherwise irrelevant, like JSON.  The values of codeOrder are tightly-packed, so the maximum
        value is count(members) - 1.  Fields that are members of a union are only ordered relative to
        the other members of that union, so the maximum value there is count(union.members).
        """
        o = self._o
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def annotations(self) -> _rt.ListReader[Annotation]:
        return _LIST_Annotation.read(self, 8)

    @property
    def discriminant_value(self) -> int:
        """If the field is in a union, this is the value which the union's discriminant should take when
        the field is active.  If the field is not in a union, this is 0xffff.
        """
        o = self._o + 2
        return _rt.unpack_u16(self._s, o)[0] ^ 65535 if o + 2 <= self._p else 65535

    @property
    def slot(self) -> Field_Slot:
        """A regular, non-group, non-fixed-list field."""
        if self._tag(8) != 0:
            raise _rt.inactive(self, "slot")
        return Field_Slot(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def group(self) -> Field_Group:
        """A group."""
        if self._tag(8) != 1:
            raise _rt.inactive(self, "group")
        return Field_Group(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def ordinal(self) -> Field_Ordinal:
        return Field_Ordinal(self._m, self._s, self._o, self._p, self._e, self._d)

    @staticmethod
    def new(**fields: _rt.Unpack[Field_Fields]) -> Field_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Field_Builder)
        if fields:
            built._fill(**fields)
        return built


class Field_Builder(Field, _rt.StructBuilder):
    """Builder of Field."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def code_order(self) -> int:
        return _rt.unpack_u16(self._s, self._o)[0]

    @code_order.setter
    def code_order(self, value: int) -> None:
        _rt.put_u16(self, 0, value, "code_order")

    @property
    def annotations(self) -> _rt.ListBuilder[Annotation_Builder]:
        return _LIST_Annotation.builder(self, 8)

    @annotations.setter
    def annotations(self, value: _rt.Iterable[Annotation | Annotation_Fields]) -> None:
        _LIST_Annotation.write(self, 8, value)

    def init_annotations(self, count: int) -> _rt.ListBuilder[Annotation_Builder]:
        return _LIST_Annotation.init(self, 8, count)

    @property
    def discriminant_value(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 2)[0] ^ 65535

    @discriminant_value.setter
    def discriminant_value(self, value: int) -> None:
        _rt.put_u16(self, 2, value, "discriminant_value", 65535)

    @property
    def slot(self) -> Field_Slot_Builder:
        if self._tag(8) != 0:
            raise _rt.inactive(self, "slot")
        return Field_Slot_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_slot(self) -> Field_Slot_Builder:
        """Make `slot` the union's member, with all defaults."""
        _rt.reset(self, ((4, 4), (16, -1)), (16, 24))
        _rt.pack_u16(self._s, self._o + 8, 0)
        return Field_Slot_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def group(self) -> Field_Group_Builder:
        if self._tag(8) != 1:
            raise _rt.inactive(self, "group")
        return Field_Group_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_group(self) -> Field_Group_Builder:
        """Make `group` the union's member, with all defaults."""
        _rt.reset(self, ((16, 8),), ())
        _rt.pack_u16(self._s, self._o + 8, 1)
        return Field_Group_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def ordinal(self) -> Field_Ordinal_Builder:
        return Field_Ordinal_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def _fill(
        self,
        *,
        name: str | None = None,
        code_order: int = 0,
        annotations: _rt.Iterable[Annotation | Annotation_Fields] | None = None,
        discriminant_value: int = 65535,
        slot: Field_Slot_Fields | None = None,
        group: Field_Group_Fields | None = None,
        ordinal: Field_Ordinal_Fields | None = None,
    ) -> None:
        if (slot, group).count(None) < 1:
            raise _rt.two_members(self, "slot", "group")
        try:
            _PACK_Field(self._s, self._o, code_order, discriminant_value ^ 65535)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.code_order, self.discriminant_value = code_order, discriminant_value
            raise
        if name is not None:
            self._new_text(0, name)
        if annotations is not None:
            _LIST_Annotation.write(self, 8, annotations)
        if slot is not None:
            self.init_slot()._fill(**slot)
        if group is not None:
            self.init_group()._fill(**group)
        if ordinal is not None:
            self.ordinal._fill(**ordinal)


class Field_Capabilities(_rt.Pipeline):
    """What can be called before a Field is there."""

    __slots__ = ()

    @property
    def slot(self) -> Field_Slot_Pipeline:
        return self._inside(Field_Slot_Pipeline)


class Field_Pipeline(Field_Capabilities):
    """A Field inside results that are still to come."""

    __slots__ = ()


class Field_Promise(Field_Capabilities, _rt.PendingCall[Field]):
    """A call whose results are a Field."""

    __slots__ = ()
    _results = Field


if _rt.TYPE_CHECKING:

    class Enumerant_Fields(_rt.TypedDict, total=False):
        """The fields of Enumerant, for construction; those left out keep their defaults."""

        name: str
        code_order: int
        annotations: _rt.Iterable[Annotation | Annotation_Fields]


class Enumerant(_rt.StructReader):
    """Schema for member of an enum."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0x978A7CEBDC549A4D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Enumerant_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def code_order(self) -> int:
        """Specifies order in which the enumerants were declared in the code.
        Like Struct.Field.codeOrder.
        """
        o = self._o
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def annotations(self) -> _rt.ListReader[Annotation]:
        return _LIST_Annotation.read(self, 8)

    @staticmethod
    def new(**fields: _rt.Unpack[Enumerant_Fields]) -> Enumerant_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Enumerant_Builder)
        if fields:
            built._fill(**fields)
        return built


class Enumerant_Builder(Enumerant, _rt.StructBuilder):
    """Builder of Enumerant."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def code_order(self) -> int:
        return _rt.unpack_u16(self._s, self._o)[0]

    @code_order.setter
    def code_order(self, value: int) -> None:
        _rt.put_u16(self, 0, value, "code_order")

    @property
    def annotations(self) -> _rt.ListBuilder[Annotation_Builder]:
        return _LIST_Annotation.builder(self, 8)

    @annotations.setter
    def annotations(self, value: _rt.Iterable[Annotation | Annotation_Fields]) -> None:
        _LIST_Annotation.write(self, 8, value)

    def init_annotations(self, count: int) -> _rt.ListBuilder[Annotation_Builder]:
        return _LIST_Annotation.init(self, 8, count)

    def _fill(
        self,
        *,
        name: str | None = None,
        code_order: int = 0,
        annotations: _rt.Iterable[Annotation | Annotation_Fields] | None = None,
    ) -> None:
        try:
            _PACK_Enumerant(self._s, self._o, code_order)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.code_order = code_order
            raise
        if name is not None:
            self._new_text(0, name)
        if annotations is not None:
            _LIST_Annotation.write(self, 8, annotations)


class Enumerant_Promise(_rt.PendingCall[Enumerant]):
    """A call whose results are a Enumerant."""

    __slots__ = ()
    _results = Enumerant


if _rt.TYPE_CHECKING:

    class Superclass_Fields(_rt.TypedDict, total=False):
        """The fields of Superclass, for construction; those left out keep their defaults."""

        id: int
        brand: Brand | Brand_Fields


class Superclass(_rt.StructReader):
    """Struct `Superclass`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xA9962A9ED0A4D7F8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Superclass_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def brand(self) -> Brand:
        return self._struct(Brand, 0)

    @property
    def has_brand(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Superclass_Fields]) -> Superclass_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Superclass_Builder)
        if fields:
            built._fill(**fields)
        return built


class Superclass_Builder(Superclass, _rt.StructBuilder):
    """Builder of Superclass."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    @property
    def brand(self) -> Brand_Builder:
        return self._struct_builder(Brand_Builder, 0)

    @brand.setter
    def brand(self, value: Brand | Brand_Fields) -> None:
        self._put_struct(Brand_Builder, 0, value)

    def init_brand(self) -> Brand_Builder:
        return self._init_struct(Brand_Builder, 0)

    def _fill(
        self,
        *,
        id: int = 0,
        brand: Brand | Brand_Fields | None = None,
    ) -> None:
        try:
            _PACK_Superclass(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise
        if brand is not None:
            self._put_struct(Brand_Builder, 0, brand)


class Superclass_Promise(_rt.PendingCall[Superclass]):
    """A call whose results are a Superclass."""

    __slots__ = ()
    _results = Superclass


if _rt.TYPE_CHECKING:

    class Method_Fields(_rt.TypedDict, total=False):
        """The fields of Method, for construction; those left out keep their defaults."""

        name: str
        code_order: int
        param_struct_type: int
        result_struct_type: int
        annotations: _rt.Iterable[Annotation | Annotation_Fields]
        param_brand: Brand | Brand_Fields
        result_brand: Brand | Brand_Fields
        implicit_parameters: _rt.Iterable[Node_Parameter | Node_Parameter_Fields]


class Method(_rt.StructReader):
    """Schema for method of an interface."""

    __slots__ = ()
    _size = (3, 5)
    _id = 0x9500CCE23B334D80

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Method_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def code_order(self) -> int:
        """Specifies order in which the methods were declared in the code.
        Like Struct.Field.codeOrder.
        """
        o = self._o
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def param_struct_type(self) -> int:
        """ID of the parameter struct type.  If a named parameter list was specified in the method
        declaration (rather than a single struct parameter type) then a corresponding struct type is
        auto-generated.  Such an auto-generated type will not be listed in the interface's
        `nestedNodes` and its `scopeId` will be zero -- it is completely detached from the namespace.
        (Awkwardly, it does of course inherit generic parameters from the method's scope, which makes
        this a situation where you can't just climb the scope chain to find where a particular
        generic parameter was introduced. Making the `scopeId` zero was a mistake.)
        """
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def result_struct_type(self) -> int:
        """ID of the return struct type; similar to `paramStructType`."""
        o = self._o + 16
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def annotations(self) -> _rt.ListReader[Annotation]:
        return _LIST_Annotation.read(self, 8)

    @property
    def param_brand(self) -> Brand:
        """Brand of param struct type."""
        return self._struct(Brand, 16)

    @property
    def has_param_brand(self) -> bool:
        return self._has(16)

    @property
    def result_brand(self) -> Brand:
        """Brand of result struct type."""
        return self._struct(Brand, 24)

    @property
    def has_result_brand(self) -> bool:
        return self._has(24)

    @property
    def implicit_parameters(self) -> _rt.ListReader[Node_Parameter]:
        """The parameters listed in [] (typically, type / generic parameters), whose bindings are intended
        to be inferred rather than specified explicitly, although not all languages support this.
        """
        return _LIST_Node_Parameter.read(self, 32)

    @staticmethod
    def new(**fields: _rt.Unpack[Method_Fields]) -> Method_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Method_Builder)
        if fields:
            built._fill(**fields)
        return built


class Method_Builder(Method, _rt.StructBuilder):
    """Builder of Method."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def code_order(self) -> int:
        return _rt.unpack_u16(self._s, self._o)[0]

    @code_order.setter
    def code_order(self, value: int) -> None:
        _rt.put_u16(self, 0, value, "code_order")

    @property
    def param_struct_type(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @param_struct_type.setter
    def param_struct_type(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "param_struct_type")

    @property
    def result_struct_type(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 16)[0]

    @result_struct_type.setter
    def result_struct_type(self, value: int) -> None:
        _rt.put_u64(self, 16, value, "result_struct_type")

    @property
    def annotations(self) -> _rt.ListBuilder[Annotation_Builder]:
        return _LIST_Annotation.builder(self, 8)

    @annotations.setter
    def annotations(self, value: _rt.Iterable[Annotation | Annotation_Fields]) -> None:
        _LIST_Annotation.write(self, 8, value)

    def init_annotations(self, count: int) -> _rt.ListBuilder[Annotation_Builder]:
        return _LIST_Annotation.init(self, 8, count)

    @property
    def param_brand(self) -> Brand_Builder:
        return self._struct_builder(Brand_Builder, 16)

    @param_brand.setter
    def param_brand(self, value: Brand | Brand_Fields) -> None:
        self._put_struct(Brand_Builder, 16, value)

    def init_param_brand(self) -> Brand_Builder:
        return self._init_struct(Brand_Builder, 16)

    @property
    def result_brand(self) -> Brand_Builder:
        return self._struct_builder(Brand_Builder, 24)

    @result_brand.setter
    def result_brand(self, value: Brand | Brand_Fields) -> None:
        self._put_struct(Brand_Builder, 24, value)

    def init_result_brand(self) -> Brand_Builder:
        return self._init_struct(Brand_Builder, 24)

    @property
    def implicit_parameters(self) -> _rt.ListBuilder[Node_Parameter_Builder]:
        return _LIST_Node_Parameter.builder(self, 32)

    @implicit_parameters.setter
    def implicit_parameters(self, value: _rt.Iterable[Node_Parameter | Node_Parameter_Fields]) -> None:
        _LIST_Node_Parameter.write(self, 32, value)

    def init_implicit_parameters(self, count: int) -> _rt.ListBuilder[Node_Parameter_Builder]:
        return _LIST_Node_Parameter.init(self, 32, count)

    def _fill(
        self,
        *,
        name: str | None = None,
        code_order: int = 0,
        param_struct_type: int = 0,
        result_struct_type: int = 0,
        annotations: _rt.Iterable[Annotation | Annotation_Fields] | None = None,
        param_brand: Brand | Brand_Fields | None = None,
        result_brand: Brand | Brand_Fields | None = None,
        implicit_parameters: _rt.Iterable[Node_Parameter | Node_Parameter_Fields] | None = None,
    ) -> None:
        try:
            _PACK_Method(self._s, self._o, code_order, param_struct_type, result_struct_type)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.code_order, self.param_struct_type, self.result_struct_type = (
                code_order,
                param_struct_type,
                result_struct_type,
            )
            raise
        if name is not None:
            self._new_text(0, name)
        if annotations is not None:
            _LIST_Annotation.write(self, 8, annotations)
        if param_brand is not None:
            self._put_struct(Brand_Builder, 16, param_brand)
        if result_brand is not None:
            self._put_struct(Brand_Builder, 24, result_brand)
        if implicit_parameters is not None:
            _LIST_Node_Parameter.write(self, 32, implicit_parameters)


class Method_Promise(_rt.PendingCall[Method]):
    """A call whose results are a Method."""

    __slots__ = ()
    _results = Method


if _rt.TYPE_CHECKING:

    class Type_List_Fields(_rt.TypedDict, total=False):
        """The fields of Type_List, for construction; those left out keep their defaults."""

        element_type: Type | Type_Fields


class Type_List(_rt.StructReader):
    """Group `list`."""

    __slots__ = ()
    _size = (3, 1)
    _id = 0x87E739250A60EA97

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_List_Builder"

    @property
    def element_type(self) -> Type:
        return self._struct(Type, 0)

    @property
    def has_element_type(self) -> bool:
        return self._has(0)


class Type_List_Builder(Type_List, _rt.StructBuilder):
    """Builder of Type_List."""

    __slots__ = ()

    @property
    def element_type(self) -> Type_Builder:
        return self._struct_builder(Type_Builder, 0)

    @element_type.setter
    def element_type(self, value: Type | Type_Fields) -> None:
        self._put_struct(Type_Builder, 0, value)

    def init_element_type(self) -> Type_Builder:
        return self._init_struct(Type_Builder, 0)

    def _fill(
        self,
        *,
        element_type: Type | Type_Fields | None = None,
    ) -> None:
        if element_type is not None:
            self._put_struct(Type_Builder, 0, element_type)


if _rt.TYPE_CHECKING:

    class Type_Enum_Fields(_rt.TypedDict, total=False):
        """The fields of Type_Enum, for construction; those left out keep their defaults."""

        type_id: int
        brand: Brand | Brand_Fields


class Type_Enum(_rt.StructReader):
    """Group `enum`."""

    __slots__ = ()
    _size = (3, 1)
    _id = 0x9E0E78711A7F87A9

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_Enum_Builder"

    @property
    def type_id(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def brand(self) -> Brand:
        return self._struct(Brand, 0)

    @property
    def has_brand(self) -> bool:
        return self._has(0)


class Type_Enum_Builder(Type_Enum, _rt.StructBuilder):
    """Builder of Type_Enum."""

    __slots__ = ()

    @property
    def type_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @type_id.setter
    def type_id(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "type_id")

    @property
    def brand(self) -> Brand_Builder:
        return self._struct_builder(Brand_Builder, 0)

    @brand.setter
    def brand(self, value: Brand | Brand_Fields) -> None:
        self._put_struct(Brand_Builder, 0, value)

    def init_brand(self) -> Brand_Builder:
        return self._init_struct(Brand_Builder, 0)

    def _fill(
        self,
        *,
        type_id: int | None = None,
        brand: Brand | Brand_Fields | None = None,
    ) -> None:
        if type_id is not None:
            _rt.put_u64(self, 8, type_id, "type_id")
        if brand is not None:
            self._put_struct(Brand_Builder, 0, brand)


if _rt.TYPE_CHECKING:

    class Type_Struct_Fields(_rt.TypedDict, total=False):
        """The fields of Type_Struct, for construction; those left out keep their defaults."""

        type_id: int
        brand: Brand | Brand_Fields


class Type_Struct(_rt.StructReader):
    """Group `struct`."""

    __slots__ = ()
    _size = (3, 1)
    _id = 0xAC3A6F60EF4CC6D3

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_Struct_Builder"

    @property
    def type_id(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def brand(self) -> Brand:
        return self._struct(Brand, 0)

    @property
    def has_brand(self) -> bool:
        return self._has(0)


class Type_Struct_Builder(Type_Struct, _rt.StructBuilder):
    """Builder of Type_Struct."""

    __slots__ = ()

    @property
    def type_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @type_id.setter
    def type_id(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "type_id")

    @property
    def brand(self) -> Brand_Builder:
        return self._struct_builder(Brand_Builder, 0)

    @brand.setter
    def brand(self, value: Brand | Brand_Fields) -> None:
        self._put_struct(Brand_Builder, 0, value)

    def init_brand(self) -> Brand_Builder:
        return self._init_struct(Brand_Builder, 0)

    def _fill(
        self,
        *,
        type_id: int | None = None,
        brand: Brand | Brand_Fields | None = None,
    ) -> None:
        if type_id is not None:
            _rt.put_u64(self, 8, type_id, "type_id")
        if brand is not None:
            self._put_struct(Brand_Builder, 0, brand)


if _rt.TYPE_CHECKING:

    class Type_Interface_Fields(_rt.TypedDict, total=False):
        """The fields of Type_Interface, for construction; those left out keep their defaults."""

        type_id: int
        brand: Brand | Brand_Fields


class Type_Interface(_rt.StructReader):
    """Group `interface`."""

    __slots__ = ()
    _size = (3, 1)
    _id = 0xED8BCA69F7FB0CBF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_Interface_Builder"

    @property
    def type_id(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def brand(self) -> Brand:
        return self._struct(Brand, 0)

    @property
    def has_brand(self) -> bool:
        return self._has(0)


class Type_Interface_Builder(Type_Interface, _rt.StructBuilder):
    """Builder of Type_Interface."""

    __slots__ = ()

    @property
    def type_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @type_id.setter
    def type_id(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "type_id")

    @property
    def brand(self) -> Brand_Builder:
        return self._struct_builder(Brand_Builder, 0)

    @brand.setter
    def brand(self, value: Brand | Brand_Fields) -> None:
        self._put_struct(Brand_Builder, 0, value)

    def init_brand(self) -> Brand_Builder:
        return self._init_struct(Brand_Builder, 0)

    def _fill(
        self,
        *,
        type_id: int | None = None,
        brand: Brand | Brand_Fields | None = None,
    ) -> None:
        if type_id is not None:
            _rt.put_u64(self, 8, type_id, "type_id")
        if brand is not None:
            self._put_struct(Brand_Builder, 0, brand)


if _rt.TYPE_CHECKING:

    class Type_AnyPointer_Unconstrained_Fields(_rt.TypedDict, total=False):
        """The fields of Type_AnyPointer_Unconstrained, for construction; those left out keep their defaults."""

        any_kind: bool
        struct: bool
        list: bool
        capability: bool


class Type_AnyPointer_Unconstrained(_rt.StructReader):
    """A regular AnyPointer.

    The name "unconstrained" means as opposed to constraining it to match a type parameter.
    In retrospect this name is probably a poor choice given that it may still be constrained
    to be a struct, list, or capability.
    """

    __slots__ = ()
    _size = (3, 1)
    _id = 0x8E3B5F79FE593656

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_AnyPointer_Unconstrained_Builder"

    @property
    def which(self) -> _rt.Literal["any_kind", "struct", "list", "capability", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(10)
        return ("any_kind", "struct", "list", "capability")[tag] if tag < 4 else "unknown"

    @property
    def any_kind(self) -> None:
        """truly AnyPointer"""
        if self._tag(10) != 0:
            raise _rt.inactive(self, "any_kind")
        return None

    @property
    def struct(self) -> None:
        """AnyStruct"""
        if self._tag(10) != 1:
            raise _rt.inactive(self, "struct")
        return None

    @property
    def list(self) -> None:
        """AnyList"""
        if self._tag(10) != 2:
            raise _rt.inactive(self, "list")
        return None

    @property
    def capability(self) -> None:
        """Capability"""
        if self._tag(10) != 3:
            raise _rt.inactive(self, "capability")
        return None


class Type_AnyPointer_Unconstrained_Builder(Type_AnyPointer_Unconstrained, _rt.StructBuilder):
    """Builder of Type_AnyPointer_Unconstrained."""

    __slots__ = ()

    @property
    def any_kind(self) -> None:
        if self._tag(10) != 0:
            raise _rt.inactive(self, "any_kind")
        return None

    @any_kind.setter
    def any_kind(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 10, 0)

    @property
    def struct(self) -> None:
        if self._tag(10) != 1:
            raise _rt.inactive(self, "struct")
        return None

    @struct.setter
    def struct(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 10, 1)

    @property
    def list(self) -> None:
        if self._tag(10) != 2:
            raise _rt.inactive(self, "list")
        return None

    @list.setter
    def list(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 10, 2)

    @property
    def capability(self) -> None:
        if self._tag(10) != 3:
            raise _rt.inactive(self, "capability")
        return None

    @capability.setter
    def capability(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 10, 3)

    def _fill(
        self,
        *,
        any_kind: bool | None = None,
        struct: bool | None = None,
        list: bool | None = None,
        capability: bool | None = None,
    ) -> None:
        if (any_kind, struct, list, capability).count(None) < 3:
            raise _rt.two_members(self, "any_kind", "struct", "list", "capability")
        if any_kind is not None:
            _rt.pack_u16(self._s, self._o + 10, 0)
        if struct is not None:
            _rt.pack_u16(self._s, self._o + 10, 1)
        if list is not None:
            _rt.pack_u16(self._s, self._o + 10, 2)
        if capability is not None:
            _rt.pack_u16(self._s, self._o + 10, 3)


if _rt.TYPE_CHECKING:

    class Type_AnyPointer_Parameter_Fields(_rt.TypedDict, total=False):
        """The fields of Type_AnyPointer_Parameter, for construction; those left out keep their defaults."""

        scope_id: int
        parameter_index: int


class Type_AnyPointer_Parameter(_rt.StructReader):
    """This is actually a reference to a type parameter defined within this scope."""

    __slots__ = ()
    _size = (3, 1)
    _id = 0x9DD1F724F4614A85

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_AnyPointer_Parameter_Builder"

    @property
    def scope_id(self) -> int:
        """ID of the generic type whose parameter we're referencing. This is always either the
        current scope's type ID or one of its ancestors' IDs.
        """
        o = self._o + 16
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def parameter_index(self) -> int:
        """Index of the parameter within the generic type's parameter list."""
        o = self._o + 10
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0


class Type_AnyPointer_Parameter_Builder(Type_AnyPointer_Parameter, _rt.StructBuilder):
    """Builder of Type_AnyPointer_Parameter."""

    __slots__ = ()

    @property
    def scope_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 16)[0]

    @scope_id.setter
    def scope_id(self, value: int) -> None:
        _rt.put_u64(self, 16, value, "scope_id")

    @property
    def parameter_index(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 10)[0]

    @parameter_index.setter
    def parameter_index(self, value: int) -> None:
        _rt.put_u16(self, 10, value, "parameter_index")

    def _fill(
        self,
        *,
        scope_id: int | None = None,
        parameter_index: int | None = None,
    ) -> None:
        if scope_id is not None:
            _rt.put_u64(self, 16, scope_id, "scope_id")
        if parameter_index is not None:
            _rt.put_u16(self, 10, parameter_index, "parameter_index")


if _rt.TYPE_CHECKING:

    class Type_AnyPointer_ImplicitMethodParameter_Fields(_rt.TypedDict, total=False):
        """The fields of Type_AnyPointer_ImplicitMethodParameter, for construction; those left out keep their defaults."""

        parameter_index: int


class Type_AnyPointer_ImplicitMethodParameter(_rt.StructReader):
    """This is actually a reference to an implicit (generic) parameter of a method. The only
    legal context for this type to appear is inside Method.paramBrand or Method.resultBrand.
    """

    __slots__ = ()
    _size = (3, 1)
    _id = 0xBAEFC9120C56E274

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_AnyPointer_ImplicitMethodParameter_Builder"

    @property
    def parameter_index(self) -> int:
        o = self._o + 10
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0


class Type_AnyPointer_ImplicitMethodParameter_Builder(
    Type_AnyPointer_ImplicitMethodParameter, _rt.StructBuilder
):
    """Builder of Type_AnyPointer_ImplicitMethodParameter."""

    __slots__ = ()

    @property
    def parameter_index(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 10)[0]

    @parameter_index.setter
    def parameter_index(self, value: int) -> None:
        _rt.put_u16(self, 10, value, "parameter_index")

    def _fill(
        self,
        *,
        parameter_index: int | None = None,
    ) -> None:
        if parameter_index is not None:
            _rt.put_u16(self, 10, parameter_index, "parameter_index")


if _rt.TYPE_CHECKING:

    class Type_AnyPointer_Fields(_rt.TypedDict, total=False):
        """The fields of Type_AnyPointer, for construction; those left out keep their defaults."""

        unconstrained: Type_AnyPointer_Unconstrained_Fields
        parameter: Type_AnyPointer_Parameter_Fields
        implicit_method_parameter: Type_AnyPointer_ImplicitMethodParameter_Fields


class Type_AnyPointer(_rt.StructReader):
    """Group `anyPointer`."""

    __slots__ = ()
    _size = (3, 1)
    _id = 0xC2573FE8A23E49F1

    Unconstrained: _rt.TypeAlias = Type_AnyPointer_Unconstrained
    Parameter: _rt.TypeAlias = Type_AnyPointer_Parameter
    ImplicitMethodParameter: _rt.TypeAlias = Type_AnyPointer_ImplicitMethodParameter
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_AnyPointer_Builder"

    @property
    def which(self) -> _rt.Literal["unconstrained", "parameter", "implicit_method_parameter", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(8)
        return ("unconstrained", "parameter", "implicit_method_parameter")[tag] if tag < 3 else "unknown"

    @property
    def unconstrained(self) -> Type_AnyPointer_Unconstrained:
        """A regular AnyPointer.

        The name "unconstrained" means as opposed to constraining it to match a type parameter.
        In retrospect this name is probably a poor choice given that it may still be constrained
        to be a struct, list, or capability.
        """
        if self._tag(8) != 0:
            raise _rt.inactive(self, "unconstrained")
        return Type_AnyPointer_Unconstrained(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def parameter(self) -> Type_AnyPointer_Parameter:
        """This is actually a reference to a type parameter defined within this scope."""
        if self._tag(8) != 1:
            raise _rt.inactive(self, "parameter")
        return Type_AnyPointer_Parameter(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def implicit_method_parameter(self) -> Type_AnyPointer_ImplicitMethodParameter:
        """This is actually a reference to an implicit (generic) parameter of a method. The only
        legal context for this type to appear is inside Method.paramBrand or Method.resultBrand.
        """
        if self._tag(8) != 2:
            raise _rt.inactive(self, "implicit_method_parameter")
        return Type_AnyPointer_ImplicitMethodParameter(self._m, self._s, self._o, self._p, self._e, self._d)


class Type_AnyPointer_Builder(Type_AnyPointer, _rt.StructBuilder):
    """Builder of Type_AnyPointer."""

    __slots__ = ()

    @property
    def unconstrained(self) -> Type_AnyPointer_Unconstrained_Builder:
        if self._tag(8) != 0:
            raise _rt.inactive(self, "unconstrained")
        return Type_AnyPointer_Unconstrained_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_unconstrained(self) -> Type_AnyPointer_Unconstrained_Builder:
        """Make `unconstrained` the union's member, with all defaults."""
        _rt.reset(self, ((10, 2),), ())
        _rt.pack_u16(self._s, self._o + 8, 0)
        return Type_AnyPointer_Unconstrained_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def parameter(self) -> Type_AnyPointer_Parameter_Builder:
        if self._tag(8) != 1:
            raise _rt.inactive(self, "parameter")
        return Type_AnyPointer_Parameter_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_parameter(self) -> Type_AnyPointer_Parameter_Builder:
        """Make `parameter` the union's member, with all defaults."""
        _rt.reset(self, ((10, 2), (16, 8)), ())
        _rt.pack_u16(self._s, self._o + 8, 1)
        return Type_AnyPointer_Parameter_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def implicit_method_parameter(self) -> Type_AnyPointer_ImplicitMethodParameter_Builder:
        if self._tag(8) != 2:
            raise _rt.inactive(self, "implicit_method_parameter")
        return Type_AnyPointer_ImplicitMethodParameter_Builder(
            self._m, self._s, self._o, self._p, self._e, self._d
        )

    def init_implicit_method_parameter(self) -> Type_AnyPointer_ImplicitMethodParameter_Builder:
        """Make `implicit_method_parameter` the union's member, with all defaults."""
        _rt.reset(self, ((10, 2),), ())
        _rt.pack_u16(self._s, self._o + 8, 2)
        return Type_AnyPointer_ImplicitMethodParameter_Builder(
            self._m, self._s, self._o, self._p, self._e, self._d
        )

    def _fill(
        self,
        *,
        unconstrained: Type_AnyPointer_Unconstrained_Fields | None = None,
        parameter: Type_AnyPointer_Parameter_Fields | None = None,
        implicit_method_parameter: Type_AnyPointer_ImplicitMethodParameter_Fields | None = None,
    ) -> None:
        if (unconstrained, parameter, implicit_method_parameter).count(None) < 2:
            raise _rt.two_members(self, "unconstrained", "parameter", "implicit_method_parameter")
        if unconstrained is not None:
            self.init_unconstrained()._fill(**unconstrained)
        if parameter is not None:
            self.init_parameter()._fill(**parameter)
        if implicit_method_parameter is not None:
            self.init_implicit_method_parameter()._fill(**implicit_method_parameter)


if _rt.TYPE_CHECKING:

    class Type_Fields(_rt.TypedDict, total=False):
        """The fields of Type, for construction; those left out keep their defaults."""

        void: _rt.builtins.bool
        bool: _rt.builtins.bool
        int8: _rt.builtins.bool
        int16: _rt.builtins.bool
        int32: _rt.builtins.bool
        int64: _rt.builtins.bool
        uint8: _rt.builtins.bool
        uint16: _rt.builtins.bool
        uint32: _rt.builtins.bool
        uint64: _rt.builtins.bool
        float32: _rt.builtins.bool
        float64: _rt.builtins.bool
        text: _rt.builtins.bool
        data: _rt.builtins.bool
        list: Type_List_Fields
        enum: Type_Enum_Fields
        struct: Type_Struct_Fields
        interface: Type_Interface_Fields
        any_pointer: Type_AnyPointer_Fields


class Type(_rt.StructReader):
    """Represents a type expression."""

    __slots__ = ()
    _size = (3, 1)
    _id = 0xD07378EDE1F9CC60

    List: _rt.TypeAlias = Type_List
    Enum: _rt.TypeAlias = Type_Enum
    Struct: _rt.TypeAlias = Type_Struct
    Interface: _rt.TypeAlias = Type_Interface
    AnyPointer: _rt.TypeAlias = Type_AnyPointer
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Type_Builder"

    @property
    def which(
        self,
    ) -> _rt.Literal[
        "void",
        "bool",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float32",
        "float64",
        "text",
        "data",
        "list",
        "enum",
        "struct",
        "interface",
        "any_pointer",
        "unknown",
    ]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return (
            (
                "void",
                "bool",
                "int8",
                "int16",
                "int32",
                "int64",
                "uint8",
                "uint16",
                "uint32",
                "uint64",
                "float32",
                "float64",
                "text",
                "data",
                "list",
                "enum",
                "struct",
                "interface",
                "any_pointer",
            )[tag]
            if tag < 19
            else "unknown"
        )

    @property
    def void(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "void")
        return None

    @property
    def bool(self) -> None:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "bool")
        return None

    @property
    def int8(self) -> None:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "int8")
        return None

    @property
    def int16(self) -> None:
        if self._tag(0) != 3:
            raise _rt.inactive(self, "int16")
        return None

    @property
    def int32(self) -> None:
        if self._tag(0) != 4:
            raise _rt.inactive(self, "int32")
        return None

    @property
    def int64(self) -> None:
        if self._tag(0) != 5:
            raise _rt.inactive(self, "int64")
        return None

    @property
    def uint8(self) -> None:
        if self._tag(0) != 6:
            raise _rt.inactive(self, "uint8")
        return None

    @property
    def uint16(self) -> None:
        if self._tag(0) != 7:
            raise _rt.inactive(self, "uint16")
        return None

    @property
    def uint32(self) -> None:
        if self._tag(0) != 8:
            raise _rt.inactive(self, "uint32")
        return None

    @property
    def uint64(self) -> None:
        if self._tag(0) != 9:
            raise _rt.inactive(self, "uint64")
        return None

    @property
    def float32(self) -> None:
        if self._tag(0) != 10:
            raise _rt.inactive(self, "float32")
        return None

    @property
    def float64(self) -> None:
        if self._tag(0) != 11:
            raise _rt.inactive(self, "float64")
        return None

    @property
    def text(self) -> None:
        if self._tag(0) != 12:
            raise _rt.inactive(self, "text")
        return None

    @property
    def data(self) -> None:
        if self._tag(0) != 13:
            raise _rt.inactive(self, "data")
        return None

    @property
    def list(self) -> Type_List:
        if self._tag(0) != 14:
            raise _rt.inactive(self, "list")
        return Type_List(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def enum(self) -> Type_Enum:
        if self._tag(0) != 15:
            raise _rt.inactive(self, "enum")
        return Type_Enum(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def struct(self) -> Type_Struct:
        if self._tag(0) != 16:
            raise _rt.inactive(self, "struct")
        return Type_Struct(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def interface(self) -> Type_Interface:
        if self._tag(0) != 17:
            raise _rt.inactive(self, "interface")
        return Type_Interface(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def any_pointer(self) -> Type_AnyPointer:
        if self._tag(0) != 18:
            raise _rt.inactive(self, "any_pointer")
        return Type_AnyPointer(self._m, self._s, self._o, self._p, self._e, self._d)

    @staticmethod
    def new(**fields: _rt.Unpack[Type_Fields]) -> Type_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Type_Builder)
        if fields:
            built._fill(**fields)
        return built


class Type_Builder(Type, _rt.StructBuilder):
    """Builder of Type."""

    __slots__ = ()

    @property
    def void(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "void")
        return None

    @void.setter
    def void(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 0)

    @property
    def bool(self) -> None:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "bool")
        return None

    @bool.setter
    def bool(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 1)

    @property
    def int8(self) -> None:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "int8")
        return None

    @int8.setter
    def int8(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 2)

    @property
    def int16(self) -> None:
        if self._tag(0) != 3:
            raise _rt.inactive(self, "int16")
        return None

    @int16.setter
    def int16(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 3)

    @property
    def int32(self) -> None:
        if self._tag(0) != 4:
            raise _rt.inactive(self, "int32")
        return None

    @int32.setter
    def int32(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 4)

    @property
    def int64(self) -> None:
        if self._tag(0) != 5:
            raise _rt.inactive(self, "int64")
        return None

    @int64.setter
    def int64(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 5)

    @property
    def uint8(self) -> None:
        if self._tag(0) != 6:
            raise _rt.inactive(self, "uint8")
        return None

    @uint8.setter
    def uint8(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 6)

    @property
    def uint16(self) -> None:
        if self._tag(0) != 7:
            raise _rt.inactive(self, "uint16")
        return None

    @uint16.setter
    def uint16(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 7)

    @property
    def uint32(self) -> None:
        if self._tag(0) != 8:
            raise _rt.inactive(self, "uint32")
        return None

    @uint32.setter
    def uint32(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 8)

    @property
    def uint64(self) -> None:
        if self._tag(0) != 9:
            raise _rt.inactive(self, "uint64")
        return None

    @uint64.setter
    def uint64(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 9)

    @property
    def float32(self) -> None:
        if self._tag(0) != 10:
            raise _rt.inactive(self, "float32")
        return None

    @float32.setter
    def float32(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 10)

    @property
    def float64(self) -> None:
        if self._tag(0) != 11:
            raise _rt.inactive(self, "float64")
        return None

    @float64.setter
    def float64(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 11)

    @property
    def text(self) -> None:
        if self._tag(0) != 12:
            raise _rt.inactive(self, "text")
        return None

    @text.setter
    def text(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 12)

    @property
    def data(self) -> None:
        if self._tag(0) != 13:
            raise _rt.inactive(self, "data")
        return None

    @data.setter
    def data(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 13)

    @property
    def list(self) -> Type_List_Builder:
        if self._tag(0) != 14:
            raise _rt.inactive(self, "list")
        return Type_List_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_list(self) -> Type_List_Builder:
        """Make `list` the union's member, with all defaults."""
        _rt.reset(self, (), (0,))
        _rt.pack_u16(self._s, self._o + 0, 14)
        return Type_List_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def enum(self) -> Type_Enum_Builder:
        if self._tag(0) != 15:
            raise _rt.inactive(self, "enum")
        return Type_Enum_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_enum(self) -> Type_Enum_Builder:
        """Make `enum` the union's member, with all defaults."""
        _rt.reset(self, ((8, 8),), (0,))
        _rt.pack_u16(self._s, self._o + 0, 15)
        return Type_Enum_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def struct(self) -> Type_Struct_Builder:
        if self._tag(0) != 16:
            raise _rt.inactive(self, "struct")
        return Type_Struct_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_struct(self) -> Type_Struct_Builder:
        """Make `struct` the union's member, with all defaults."""
        _rt.reset(self, ((8, 8),), (0,))
        _rt.pack_u16(self._s, self._o + 0, 16)
        return Type_Struct_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def interface(self) -> Type_Interface_Builder:
        if self._tag(0) != 17:
            raise _rt.inactive(self, "interface")
        return Type_Interface_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_interface(self) -> Type_Interface_Builder:
        """Make `interface` the union's member, with all defaults."""
        _rt.reset(self, ((8, 8),), (0,))
        _rt.pack_u16(self._s, self._o + 0, 17)
        return Type_Interface_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def any_pointer(self) -> Type_AnyPointer_Builder:
        if self._tag(0) != 18:
            raise _rt.inactive(self, "any_pointer")
        return Type_AnyPointer_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_any_pointer(self) -> Type_AnyPointer_Builder:
        """Make `any_pointer` the union's member, with all defaults."""
        _rt.reset(self, ((8, 2), (10, 2), (16, 8)), ())
        _rt.pack_u16(self._s, self._o + 0, 18)
        return Type_AnyPointer_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def _fill(
        self,
        *,
        void: _rt.builtins.bool | None = None,
        bool: _rt.builtins.bool | None = None,
        int8: _rt.builtins.bool | None = None,
        int16: _rt.builtins.bool | None = None,
        int32: _rt.builtins.bool | None = None,
        int64: _rt.builtins.bool | None = None,
        uint8: _rt.builtins.bool | None = None,
        uint16: _rt.builtins.bool | None = None,
        uint32: _rt.builtins.bool | None = None,
        uint64: _rt.builtins.bool | None = None,
        float32: _rt.builtins.bool | None = None,
        float64: _rt.builtins.bool | None = None,
        text: _rt.builtins.bool | None = None,
        data: _rt.builtins.bool | None = None,
        list: Type_List_Fields | None = None,
        enum: Type_Enum_Fields | None = None,
        struct: Type_Struct_Fields | None = None,
        interface: Type_Interface_Fields | None = None,
        any_pointer: Type_AnyPointer_Fields | None = None,
    ) -> None:
        if (
            void,
            bool,
            int8,
            int16,
            int32,
            int64,
            uint8,
            uint16,
            uint32,
            uint64,
            float32,
            float64,
            text,
            data,
            list,
            enum,
            struct,
            interface,
            any_pointer,
        ).count(None) < 18:
            raise _rt.two_members(
                self,
                "void",
                "bool",
                "int8",
                "int16",
                "int32",
                "int64",
                "uint8",
                "uint16",
                "uint32",
                "uint64",
                "float32",
                "float64",
                "text",
                "data",
                "list",
                "enum",
                "struct",
                "interface",
                "any_pointer",
            )
        if void is not None:
            _rt.pack_u16(self._s, self._o + 0, 0)
        if bool is not None:
            _rt.pack_u16(self._s, self._o + 0, 1)
        if int8 is not None:
            _rt.pack_u16(self._s, self._o + 0, 2)
        if int16 is not None:
            _rt.pack_u16(self._s, self._o + 0, 3)
        if int32 is not None:
            _rt.pack_u16(self._s, self._o + 0, 4)
        if int64 is not None:
            _rt.pack_u16(self._s, self._o + 0, 5)
        if uint8 is not None:
            _rt.pack_u16(self._s, self._o + 0, 6)
        if uint16 is not None:
            _rt.pack_u16(self._s, self._o + 0, 7)
        if uint32 is not None:
            _rt.pack_u16(self._s, self._o + 0, 8)
        if uint64 is not None:
            _rt.pack_u16(self._s, self._o + 0, 9)
        if float32 is not None:
            _rt.pack_u16(self._s, self._o + 0, 10)
        if float64 is not None:
            _rt.pack_u16(self._s, self._o + 0, 11)
        if text is not None:
            _rt.pack_u16(self._s, self._o + 0, 12)
        if data is not None:
            _rt.pack_u16(self._s, self._o + 0, 13)
        if list is not None:
            self.init_list()._fill(**list)
        if enum is not None:
            self.init_enum()._fill(**enum)
        if struct is not None:
            self.init_struct()._fill(**struct)
        if interface is not None:
            self.init_interface()._fill(**interface)
        if any_pointer is not None:
            self.init_any_pointer()._fill(**any_pointer)


class Type_Promise(_rt.PendingCall[Type]):
    """A call whose results are a Type."""

    __slots__ = ()
    _results = Type


if _rt.TYPE_CHECKING:

    class Brand_Scope_Fields(_rt.TypedDict, total=False):
        """The fields of Brand_Scope, for construction; those left out keep their defaults."""

        scope_id: int
        bind: _rt.Iterable[Brand_Binding | Brand_Binding_Fields]
        inherit: bool


class Brand_Scope(_rt.StructReader):
    """Struct `Scope`."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0xABD73485A9636BC9

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Brand_Scope_Builder"

    @property
    def which(self) -> _rt.Literal["bind", "inherit", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(8)
        return ("bind", "inherit")[tag] if tag < 2 else "unknown"

    @property
    def scope_id(self) -> int:
        """ID of the scope to which these params apply."""
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def bind(self) -> _rt.ListReader[Brand_Binding]:
        """List of parameter bindings."""
        if self._tag(8) != 0:
            raise _rt.inactive(self, "bind")
        return _LIST_Brand_Binding.read(self, 0)

    @property
    def inherit(self) -> None:
        """The place where the Brand appears is within this scope or a sub-scope, and bindings
        for this scope are deferred to later Brand applications. This is equivalent to a
        pass-through binding list, where each of this scope's parameters is bound to itself.
        For example:

          struct Outer(T) {
            struct Inner {
              value @0 :T;
            }
            innerInherit @0 :Inner;            # Outer Brand.Scope is `inherit`.
            innerBindSelf @1 :Outer(T).Inner;  # Outer Brand.Scope explicitly binds T to T.
          }

        The innerInherit and innerBindSelf fields have equivalent types, but different Brand
        styles.
        """
        if self._tag(8) != 1:
            raise _rt.inactive(self, "inherit")
        return None

    @staticmethod
    def new(**fields: _rt.Unpack[Brand_Scope_Fields]) -> Brand_Scope_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Brand_Scope_Builder)
        if fields:
            built._fill(**fields)
        return built


class Brand_Scope_Builder(Brand_Scope, _rt.StructBuilder):
    """Builder of Brand_Scope."""

    __slots__ = ()

    @property
    def scope_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @scope_id.setter
    def scope_id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "scope_id")

    @property
    def bind(self) -> _rt.ListBuilder[Brand_Binding_Builder]:
        if self._tag(8) != 0:
            raise _rt.inactive(self, "bind")
        return _LIST_Brand_Binding.builder(self, 0)

    @bind.setter
    def bind(self, value: _rt.Iterable[Brand_Binding | Brand_Binding_Fields]) -> None:
        _LIST_Brand_Binding.write(self, 0, value)
        _rt.pack_u16(self._s, self._o + 8, 0)

    def init_bind(self, count: int) -> _rt.ListBuilder[Brand_Binding_Builder]:
        _rt.pack_u16(self._s, self._o + 8, 0)
        return _LIST_Brand_Binding.init(self, 0, count)

    @property
    def inherit(self) -> None:
        if self._tag(8) != 1:
            raise _rt.inactive(self, "inherit")
        return None

    @inherit.setter
    def inherit(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 8, 1)

    def _fill(
        self,
        *,
        scope_id: int = 0,
        bind: _rt.Iterable[Brand_Binding | Brand_Binding_Fields] | None = None,
        inherit: bool | None = None,
    ) -> None:
        if (bind, inherit).count(None) < 1:
            raise _rt.two_members(self, "bind", "inherit")
        try:
            _PACK_Brand_Scope(self._s, self._o, scope_id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.scope_id = scope_id
            raise
        if bind is not None:
            _LIST_Brand_Binding.write(self, 0, bind)
            _rt.pack_u16(self._s, self._o + 8, 0)
        if inherit is not None:
            _rt.pack_u16(self._s, self._o + 8, 1)


class Brand_Scope_Promise(_rt.PendingCall[Brand_Scope]):
    """A call whose results are a Brand_Scope."""

    __slots__ = ()
    _results = Brand_Scope


if _rt.TYPE_CHECKING:

    class Brand_Binding_Fields(_rt.TypedDict, total=False):
        """The fields of Brand_Binding, for construction; those left out keep their defaults."""

        unbound: bool
        type: Type | Type_Fields


class Brand_Binding(_rt.StructReader):
    """Struct `Binding`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xC863CD16969EE7FC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Brand_Binding_Builder"

    @property
    def which(self) -> _rt.Literal["unbound", "type", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return ("unbound", "type")[tag] if tag < 2 else "unknown"

    @property
    def unbound(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "unbound")
        return None

    @property
    def type(self) -> Type:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "type")
        return self._struct(Type, 0)

    @property
    def has_type(self) -> bool:
        return self._tag(0) == 1 and self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Brand_Binding_Fields]) -> Brand_Binding_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Brand_Binding_Builder)
        if fields:
            built._fill(**fields)
        return built


class Brand_Binding_Builder(Brand_Binding, _rt.StructBuilder):
    """Builder of Brand_Binding."""

    __slots__ = ()

    @property
    def unbound(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "unbound")
        return None

    @unbound.setter
    def unbound(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 0)

    @property
    def type(self) -> Type_Builder:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "type")
        return self._struct_builder(Type_Builder, 0)

    @type.setter
    def type(self, value: Type | Type_Fields) -> None:
        self._put_struct(Type_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 1)

    def init_type(self) -> Type_Builder:
        _rt.pack_u16(self._s, self._o + 0, 1)
        return self._init_struct(Type_Builder, 0)

    def _fill(
        self,
        *,
        unbound: bool | None = None,
        type: Type | Type_Fields | None = None,
    ) -> None:
        if (unbound, type).count(None) < 1:
            raise _rt.two_members(self, "unbound", "type")
        if unbound is not None:
            _rt.pack_u16(self._s, self._o + 0, 0)
        if type is not None:
            self._put_struct(Type_Builder, 0, type)
            _rt.pack_u16(self._s, self._o + 0, 1)


class Brand_Binding_Promise(_rt.PendingCall[Brand_Binding]):
    """A call whose results are a Brand_Binding."""

    __slots__ = ()
    _results = Brand_Binding


if _rt.TYPE_CHECKING:

    class Brand_Fields(_rt.TypedDict, total=False):
        """The fields of Brand, for construction; those left out keep their defaults."""

        scopes: _rt.Iterable[Brand_Scope | Brand_Scope_Fields]


class Brand(_rt.StructReader):
    """Specifies bindings for parameters of generics. Since these bindings turn a generic into a
    non-generic, we call it the "brand".
    """

    __slots__ = ()
    _size = (0, 1)
    _id = 0x903455F06065422B

    Scope: _rt.TypeAlias = Brand_Scope
    Binding: _rt.TypeAlias = Brand_Binding
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Brand_Builder"

    @property
    def scopes(self) -> _rt.ListReader[Brand_Scope]:
        """For each of the target type and each of its parent scopes, a parameterization may be included
        in this list. If no parameterization is included for a particular relevant scope, then either
        that scope has no parameters or all parameters should be considered to be `AnyPointer`.
        """
        return _LIST_Brand_Scope.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Brand_Fields]) -> Brand_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Brand_Builder)
        if fields:
            built._fill(**fields)
        return built


class Brand_Builder(Brand, _rt.StructBuilder):
    """Builder of Brand."""

    __slots__ = ()

    @property
    def scopes(self) -> _rt.ListBuilder[Brand_Scope_Builder]:
        return _LIST_Brand_Scope.builder(self, 0)

    @scopes.setter
    def scopes(self, value: _rt.Iterable[Brand_Scope | Brand_Scope_Fields]) -> None:
        _LIST_Brand_Scope.write(self, 0, value)

    def init_scopes(self, count: int) -> _rt.ListBuilder[Brand_Scope_Builder]:
        return _LIST_Brand_Scope.init(self, 0, count)

    def _fill(
        self,
        *,
        scopes: _rt.Iterable[Brand_Scope | Brand_Scope_Fields] | None = None,
    ) -> None:
        if scopes is not None:
            _LIST_Brand_Scope.write(self, 0, scopes)


class Brand_Promise(_rt.PendingCall[Brand]):
    """A call whose results are a Brand."""

    __slots__ = ()
    _results = Brand


if _rt.TYPE_CHECKING:

    class Value_Fields(_rt.TypedDict, total=False):
        """The fields of Value, for construction; those left out keep their defaults."""

        void: _rt.builtins.bool
        bool: _rt.builtins.bool
        int8: int
        int16: int
        int32: int
        int64: int
        uint8: int
        uint16: int
        uint32: int
        uint64: int
        float32: float
        float64: float
        text: str
        data: _rt.Bytes
        list: _rt.AnyValue
        enum: int
        struct: _rt.AnyValue
        interface: _rt.builtins.bool
        any_pointer: _rt.AnyValue


class Value(_rt.StructReader):
    """Represents a value, e.g. a field default value, constant value, or annotation value."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0xCE23DCD2D7B00C9B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Value_Builder"

    @property
    def which(
        self,
    ) -> _rt.Literal[
        "void",
        "bool",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float32",
        "float64",
        "text",
        "data",
        "list",
        "enum",
        "struct",
        "interface",
        "any_pointer",
        "unknown",
    ]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return (
            (
                "void",
                "bool",
                "int8",
                "int16",
                "int32",
                "int64",
                "uint8",
                "uint16",
                "uint32",
                "uint64",
                "float32",
                "float64",
                "text",
                "data",
                "list",
                "enum",
                "struct",
                "interface",
                "any_pointer",
            )[tag]
            if tag < 19
            else "unknown"
        )

    @property
    def void(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "void")
        return None

    @property
    def bool(self) -> _rt.builtins.bool:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "bool")
        o = self._o + 2
        return o < self._p and self._s[o] & 1 != 0

    @property
    def int8(self) -> int:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "int8")
        o = self._o + 2
        return _rt.unpack_i8(self._s, o)[0] if o + 1 <= self._p else 0

    @property
    def int16(self) -> int:
        if self._tag(0) != 3:
            raise _rt.inactive(self, "int16")
        o = self._o + 2
        return _rt.unpack_i16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def int32(self) -> int:
        if self._tag(0) != 4:
            raise _rt.inactive(self, "int32")
        o = self._o + 4
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def int64(self) -> int:
        if self._tag(0) != 5:
            raise _rt.inactive(self, "int64")
        o = self._o + 8
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def uint8(self) -> int:
        if self._tag(0) != 6:
            raise _rt.inactive(self, "uint8")
        o = self._o + 2
        return self._s[o] if o + 1 <= self._p else 0

    @property
    def uint16(self) -> int:
        if self._tag(0) != 7:
            raise _rt.inactive(self, "uint16")
        o = self._o + 2
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def uint32(self) -> int:
        if self._tag(0) != 8:
            raise _rt.inactive(self, "uint32")
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def uint64(self) -> int:
        if self._tag(0) != 9:
            raise _rt.inactive(self, "uint64")
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def float32(self) -> float:
        if self._tag(0) != 10:
            raise _rt.inactive(self, "float32")
        o = self._o + 4
        return _rt.unpack_f32(self._s, o)[0] if o + 4 <= self._p else 0.0

    @property
    def float64(self) -> float:
        if self._tag(0) != 11:
            raise _rt.inactive(self, "float64")
        o = self._o + 8
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def text(self) -> str:
        if self._tag(0) != 12:
            raise _rt.inactive(self, "text")
        return self._text(0)

    @property
    def data(self) -> memoryview:
        if self._tag(0) != 13:
            raise _rt.inactive(self, "data")
        return self._data(0)

    @property
    def list(self) -> _rt.AnyPointerReader:
        if self._tag(0) != 14:
            raise _rt.inactive(self, "list")
        return _rt.any_reader(self, 0)

    @property
    def enum(self) -> int:
        if self._tag(0) != 15:
            raise _rt.inactive(self, "enum")
        o = self._o + 2
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def struct(self) -> _rt.AnyPointerReader:
        if self._tag(0) != 16:
            raise _rt.inactive(self, "struct")
        return _rt.any_reader(self, 0)

    @property
    def interface(self) -> None:
        """The only interface value that can be represented statically is "null", whose methods always
        throw exceptions.
        """
        if self._tag(0) != 17:
            raise _rt.inactive(self, "interface")
        return None

    @property
    def any_pointer(self) -> _rt.AnyPointerReader:
        if self._tag(0) != 18:
            raise _rt.inactive(self, "any_pointer")
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Value_Fields]) -> Value_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Value_Builder)
        if fields:
            built._fill(**fields)
        return built


class Value_Builder(Value, _rt.StructBuilder):
    """Builder of Value."""

    __slots__ = ()

    @property
    def void(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "void")
        return None

    @void.setter
    def void(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 0)

    @property
    def bool(self) -> _rt.builtins.bool:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "bool")
        return self._s[self._o + 2] & 1 != 0

    @bool.setter
    def bool(self, value: _rt.builtins.bool) -> None:
        _rt.put_bool(self, 2, 1, value)
        _rt.pack_u16(self._s, self._o + 0, 1)

    @property
    def int8(self) -> int:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "int8")
        return _rt.unpack_i8(self._s, self._o + 2)[0]

    @int8.setter
    def int8(self, value: int) -> None:
        _rt.put_i8(self, 2, value, "int8")
        _rt.pack_u16(self._s, self._o + 0, 2)

    @property
    def int16(self) -> int:
        if self._tag(0) != 3:
            raise _rt.inactive(self, "int16")
        return _rt.unpack_i16(self._s, self._o + 2)[0]

    @int16.setter
    def int16(self, value: int) -> None:
        _rt.put_i16(self, 2, value, "int16")
        _rt.pack_u16(self._s, self._o + 0, 3)

    @property
    def int32(self) -> int:
        if self._tag(0) != 4:
            raise _rt.inactive(self, "int32")
        return _rt.unpack_i32(self._s, self._o + 4)[0]

    @int32.setter
    def int32(self, value: int) -> None:
        _rt.put_i32(self, 4, value, "int32")
        _rt.pack_u16(self._s, self._o + 0, 4)

    @property
    def int64(self) -> int:
        if self._tag(0) != 5:
            raise _rt.inactive(self, "int64")
        return _rt.unpack_i64(self._s, self._o + 8)[0]

    @int64.setter
    def int64(self, value: int) -> None:
        _rt.put_i64(self, 8, value, "int64")
        _rt.pack_u16(self._s, self._o + 0, 5)

    @property
    def uint8(self) -> int:
        if self._tag(0) != 6:
            raise _rt.inactive(self, "uint8")
        return self._s[self._o + 2]

    @uint8.setter
    def uint8(self, value: int) -> None:
        _rt.put_u8(self, 2, value, "uint8")
        _rt.pack_u16(self._s, self._o + 0, 6)

    @property
    def uint16(self) -> int:
        if self._tag(0) != 7:
            raise _rt.inactive(self, "uint16")
        return _rt.unpack_u16(self._s, self._o + 2)[0]

    @uint16.setter
    def uint16(self, value: int) -> None:
        _rt.put_u16(self, 2, value, "uint16")
        _rt.pack_u16(self._s, self._o + 0, 7)

    @property
    def uint32(self) -> int:
        if self._tag(0) != 8:
            raise _rt.inactive(self, "uint32")
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @uint32.setter
    def uint32(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "uint32")
        _rt.pack_u16(self._s, self._o + 0, 8)

    @property
    def uint64(self) -> int:
        if self._tag(0) != 9:
            raise _rt.inactive(self, "uint64")
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @uint64.setter
    def uint64(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "uint64")
        _rt.pack_u16(self._s, self._o + 0, 9)

    @property
    def float32(self) -> float:
        if self._tag(0) != 10:
            raise _rt.inactive(self, "float32")
        return _rt.unpack_f32(self._s, self._o + 4)[0]

    @float32.setter
    def float32(self, value: float) -> None:
        _rt.put_f32(self, 4, value, "float32")
        _rt.pack_u16(self._s, self._o + 0, 10)

    @property
    def float64(self) -> float:
        if self._tag(0) != 11:
            raise _rt.inactive(self, "float64")
        return _rt.unpack_f64(self._s, self._o + 8)[0]

    @float64.setter
    def float64(self, value: float) -> None:
        _rt.put_f64(self, 8, value, "float64")
        _rt.pack_u16(self._s, self._o + 0, 11)

    @property
    def text(self) -> str:
        if self._tag(0) != 12:
            raise _rt.inactive(self, "text")
        return self._text(0)

    @text.setter
    def text(self, value: str) -> None:
        self._set_text(0, value)
        _rt.pack_u16(self._s, self._o + 0, 12)

    @property
    def data(self) -> memoryview:
        if self._tag(0) != 13:
            raise _rt.inactive(self, "data")
        return self._data(0)

    @data.setter
    def data(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)
        _rt.pack_u16(self._s, self._o + 0, 13)

    @property
    def list(self) -> _rt.AnyPointerBuilder:
        if self._tag(0) != 14:
            raise _rt.inactive(self, "list")
        return _rt.any_builder(self, 0)

    @list.setter
    def list(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)
        _rt.pack_u16(self._s, self._o + 0, 14)

    @property
    def enum(self) -> int:
        if self._tag(0) != 15:
            raise _rt.inactive(self, "enum")
        return _rt.unpack_u16(self._s, self._o + 2)[0]

    @enum.setter
    def enum(self, value: int) -> None:
        _rt.put_u16(self, 2, value, "enum")
        _rt.pack_u16(self._s, self._o + 0, 15)

    @property
    def struct(self) -> _rt.AnyPointerBuilder:
        if self._tag(0) != 16:
            raise _rt.inactive(self, "struct")
        return _rt.any_builder(self, 0)

    @struct.setter
    def struct(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)
        _rt.pack_u16(self._s, self._o + 0, 16)

    @property
    def interface(self) -> None:
        if self._tag(0) != 17:
            raise _rt.inactive(self, "interface")
        return None

    @interface.setter
    def interface(self, value: _rt.builtins.bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 17)

    @property
    def any_pointer(self) -> _rt.AnyPointerBuilder:
        if self._tag(0) != 18:
            raise _rt.inactive(self, "any_pointer")
        return _rt.any_builder(self, 0)

    @any_pointer.setter
    def any_pointer(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)
        _rt.pack_u16(self._s, self._o + 0, 18)

    def _fill(
        self,
        *,
        void: _rt.builtins.bool | None = None,
        bool: _rt.builtins.bool | None = None,
        int8: int | None = None,
        int16: int | None = None,
        int32: int | None = None,
        int64: int | None = None,
        uint8: int | None = None,
        uint16: int | None = None,
        uint32: int | None = None,
        uint64: int | None = None,
        float32: float | None = None,
        float64: float | None = None,
        text: str | None = None,
        data: _rt.Bytes | None = None,
        list: _rt.AnyValue | None = None,
        enum: int | None = None,
        struct: _rt.AnyValue | None = None,
        interface: _rt.builtins.bool | None = None,
        any_pointer: _rt.AnyValue | None = None,
    ) -> None:
        if (
            void,
            bool,
            int8,
            int16,
            int32,
            int64,
            uint8,
            uint16,
            uint32,
            uint64,
            float32,
            float64,
            text,
            data,
            list,
            enum,
            struct,
            interface,
            any_pointer,
        ).count(None) < 18:
            raise _rt.two_members(
                self,
                "void",
                "bool",
                "int8",
                "int16",
                "int32",
                "int64",
                "uint8",
                "uint16",
                "uint32",
                "uint64",
                "float32",
                "float64",
                "text",
                "data",
                "list",
                "enum",
                "struct",
                "interface",
                "any_pointer",
            )
        if void is not None:
            _rt.pack_u16(self._s, self._o + 0, 0)
        if bool is not None:
            _rt.put_bool(self, 2, 1, bool)
            _rt.pack_u16(self._s, self._o + 0, 1)
        if int8 is not None:
            _rt.put_i8(self, 2, int8, "int8")
            _rt.pack_u16(self._s, self._o + 0, 2)
        if int16 is not None:
            _rt.put_i16(self, 2, int16, "int16")
            _rt.pack_u16(self._s, self._o + 0, 3)
        if int32 is not None:
            _rt.put_i32(self, 4, int32, "int32")
            _rt.pack_u16(self._s, self._o + 0, 4)
        if int64 is not None:
            _rt.put_i64(self, 8, int64, "int64")
            _rt.pack_u16(self._s, self._o + 0, 5)
        if uint8 is not None:
            _rt.put_u8(self, 2, uint8, "uint8")
            _rt.pack_u16(self._s, self._o + 0, 6)
        if uint16 is not None:
            _rt.put_u16(self, 2, uint16, "uint16")
            _rt.pack_u16(self._s, self._o + 0, 7)
        if uint32 is not None:
            _rt.put_u32(self, 4, uint32, "uint32")
            _rt.pack_u16(self._s, self._o + 0, 8)
        if uint64 is not None:
            _rt.put_u64(self, 8, uint64, "uint64")
            _rt.pack_u16(self._s, self._o + 0, 9)
        if float32 is not None:
            _rt.put_f32(self, 4, float32, "float32")
            _rt.pack_u16(self._s, self._o + 0, 10)
        if float64 is not None:
            _rt.put_f64(self, 8, float64, "float64")
            _rt.pack_u16(self._s, self._o + 0, 11)
        if text is not None:
            self._new_text(0, text)
            _rt.pack_u16(self._s, self._o + 0, 12)
        if data is not None:
            self._set_data(0, data)
            _rt.pack_u16(self._s, self._o + 0, 13)
        if list is not None:
            _rt.any_builder(self, 0).set(list)
            _rt.pack_u16(self._s, self._o + 0, 14)
        if enum is not None:
            _rt.put_u16(self, 2, enum, "enum")
            _rt.pack_u16(self._s, self._o + 0, 15)
        if struct is not None:
            _rt.any_builder(self, 0).set(struct)
            _rt.pack_u16(self._s, self._o + 0, 16)
        if interface is not None:
            _rt.pack_u16(self._s, self._o + 0, 17)
        if any_pointer is not None:
            _rt.any_builder(self, 0).set(any_pointer)
            _rt.pack_u16(self._s, self._o + 0, 18)


class Value_Capabilities(_rt.Pipeline):
    """What can be called before a Value is there."""

    __slots__ = ()

    @property
    def list(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)

    @property
    def struct(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)

    @property
    def any_pointer(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Value_Pipeline(Value_Capabilities):
    """A Value inside results that are still to come."""

    __slots__ = ()


class Value_Promise(Value_Capabilities, _rt.PendingCall[Value]):
    """A call whose results are a Value."""

    __slots__ = ()
    _results = Value


if _rt.TYPE_CHECKING:

    class Annotation_Fields(_rt.TypedDict, total=False):
        """The fields of Annotation, for construction; those left out keep their defaults."""

        id: int
        value: Value | Value_Fields
        brand: Brand | Brand_Fields


class Annotation(_rt.StructReader):
    """Describes an annotation applied to a declaration.  Note AnnotationNode describes the
    annotation's declaration, while this describes a use of the annotation.
    """

    __slots__ = ()
    _size = (1, 2)
    _id = 0xF1C8950DAB257542

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Annotation_Builder"

    @property
    def id(self) -> int:
        """ID of the annotation node."""
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def value(self) -> Value:
        return self._struct(Value, 0)

    @property
    def has_value(self) -> bool:
        return self._has(0)

    @property
    def brand(self) -> Brand:
        """Brand of the annotation.

        Note that the annotation itself is not allowed to be parameterized, but its scope might be.
        """
        return self._struct(Brand, 8)

    @property
    def has_brand(self) -> bool:
        return self._has(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Annotation_Fields]) -> Annotation_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Annotation_Builder)
        if fields:
            built._fill(**fields)
        return built


class Annotation_Builder(Annotation, _rt.StructBuilder):
    """Builder of Annotation."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    @property
    def value(self) -> Value_Builder:
        return self._struct_builder(Value_Builder, 0)

    @value.setter
    def value(self, value: Value | Value_Fields) -> None:
        self._put_struct(Value_Builder, 0, value)

    def init_value(self) -> Value_Builder:
        return self._init_struct(Value_Builder, 0)

    @property
    def brand(self) -> Brand_Builder:
        return self._struct_builder(Brand_Builder, 8)

    @brand.setter
    def brand(self, value: Brand | Brand_Fields) -> None:
        self._put_struct(Brand_Builder, 8, value)

    def init_brand(self) -> Brand_Builder:
        return self._init_struct(Brand_Builder, 8)

    def _fill(
        self,
        *,
        id: int = 0,
        value: Value | Value_Fields | None = None,
        brand: Brand | Brand_Fields | None = None,
    ) -> None:
        try:
            _PACK_Annotation(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise
        if value is not None:
            self._put_struct(Value_Builder, 0, value)
        if brand is not None:
            self._put_struct(Brand_Builder, 8, brand)


class Annotation_Capabilities(_rt.Pipeline):
    """What can be called before a Annotation is there."""

    __slots__ = ()

    @property
    def value(self) -> Value_Pipeline:
        return self._inside(Value_Pipeline, 0)


class Annotation_Pipeline(Annotation_Capabilities):
    """A Annotation inside results that are still to come."""

    __slots__ = ()


class Annotation_Promise(Annotation_Capabilities, _rt.PendingCall[Annotation]):
    """A call whose results are a Annotation."""

    __slots__ = ()
    _results = Annotation


if _rt.TYPE_CHECKING:

    class CapnpVersion_Fields(_rt.TypedDict, total=False):
        """The fields of CapnpVersion, for construction; those left out keep their defaults."""

        major: int
        minor: int
        micro: int


class CapnpVersion(_rt.StructReader):
    """Struct `CapnpVersion`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD85D305B7D839963

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CapnpVersion_Builder"

    @property
    def major(self) -> int:
        o = self._o
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def minor(self) -> int:
        o = self._o + 2
        return self._s[o] if o + 1 <= self._p else 0

    @property
    def micro(self) -> int:
        o = self._o + 3
        return self._s[o] if o + 1 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[CapnpVersion_Fields]) -> CapnpVersion_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CapnpVersion_Builder)
        if fields:
            built._fill(**fields)
        return built


class CapnpVersion_Builder(CapnpVersion, _rt.StructBuilder):
    """Builder of CapnpVersion."""

    __slots__ = ()

    @property
    def major(self) -> int:
        return _rt.unpack_u16(self._s, self._o)[0]

    @major.setter
    def major(self, value: int) -> None:
        _rt.put_u16(self, 0, value, "major")

    @property
    def minor(self) -> int:
        return self._s[self._o + 2]

    @minor.setter
    def minor(self, value: int) -> None:
        _rt.put_u8(self, 2, value, "minor")

    @property
    def micro(self) -> int:
        return self._s[self._o + 3]

    @micro.setter
    def micro(self, value: int) -> None:
        _rt.put_u8(self, 3, value, "micro")

    def _fill(
        self,
        *,
        major: int = 0,
        minor: int = 0,
        micro: int = 0,
    ) -> None:
        try:
            _PACK_CapnpVersion(self._s, self._o, major, minor, micro)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.major, self.minor, self.micro = major, minor, micro
            raise


class CapnpVersion_Promise(_rt.PendingCall[CapnpVersion]):
    """A call whose results are a CapnpVersion."""

    __slots__ = ()
    _results = CapnpVersion


if _rt.TYPE_CHECKING:

    class CodeGeneratorRequest_RequestedFile_Import_Fields(_rt.TypedDict, total=False):
        """The fields of CodeGeneratorRequest_RequestedFile_Import, for construction; those left out keep their defaults."""

        id: int
        name: str


class CodeGeneratorRequest_RequestedFile_Import(_rt.StructReader):
    """Struct `Import`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xAE504193122357E5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CodeGeneratorRequest_RequestedFile_Import_Builder"

    @property
    def id(self) -> int:
        """ID of the imported file."""
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def name(self) -> str:
        """Name which *this* file used to refer to the foreign file.  This may be a relative name.
        This information is provided because it might be useful for code generation, e.g. to
        generate #include directives in C++.  We don't put this in Node.file because this
        information is only meaningful at compile time anyway.

        (On Zooko's triangle, this is the import's petname according to the importing file.)
        """
        return self._text(0)

    @staticmethod
    def new(
        **fields: _rt.Unpack[CodeGeneratorRequest_RequestedFile_Import_Fields],
    ) -> CodeGeneratorRequest_RequestedFile_Import_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CodeGeneratorRequest_RequestedFile_Import_Builder)
        if fields:
            built._fill(**fields)
        return built


class CodeGeneratorRequest_RequestedFile_Import_Builder(
    CodeGeneratorRequest_RequestedFile_Import, _rt.StructBuilder
):
    """Builder of CodeGeneratorRequest_RequestedFile_Import."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        id: int = 0,
        name: str | None = None,
    ) -> None:
        try:
            _PACK_CodeGeneratorRequest_RequestedFile_Import(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise
        if name is not None:
            self._new_text(0, name)


class CodeGeneratorRequest_RequestedFile_Import_Promise(
    _rt.PendingCall[CodeGeneratorRequest_RequestedFile_Import]
):
    """A call whose results are a CodeGeneratorRequest_RequestedFile_Import."""

    __slots__ = ()
    _results = CodeGeneratorRequest_RequestedFile_Import


if _rt.TYPE_CHECKING:

    class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Fields(
        _rt.TypedDict, total=False
    ):
        """The fields of CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member, for construction; those left out keep their defaults."""

        parent_type_id: int
        ordinal: int


class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member(_rt.StructReader):
    """Identifier refers to a member of a type."""

    __slots__ = ()
    _size = (3, 0)
    _id = 0xFC69D5E1D630A151

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Builder"

    @property
    def parent_type_id(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def ordinal(self) -> int:
        o = self._o + 18
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0


class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Builder(
    CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member, _rt.StructBuilder
):
    """Builder of CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member."""

    __slots__ = ()

    @property
    def parent_type_id(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @parent_type_id.setter
    def parent_type_id(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "parent_type_id")

    @property
    def ordinal(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 18)[0]

    @ordinal.setter
    def ordinal(self, value: int) -> None:
        _rt.put_u16(self, 18, value, "ordinal")

    def _fill(
        self,
        *,
        parent_type_id: int | None = None,
        ordinal: int | None = None,
    ) -> None:
        if parent_type_id is not None:
            _rt.put_u64(self, 8, parent_type_id, "parent_type_id")
        if ordinal is not None:
            _rt.put_u16(self, 18, ordinal, "ordinal")


if _rt.TYPE_CHECKING:

    class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Fields(_rt.TypedDict, total=False):
        """The fields of CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier, for construction; those left out keep their defaults."""

        start_byte: int
        end_byte: int
        type_id: int
        member: CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Fields


class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier(_rt.StructReader):
    """Struct `Identifier`."""

    __slots__ = ()
    _size = (3, 0)
    _id = 0xDDA719892E0499BB

    Member: _rt.TypeAlias = CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Builder"

    @property
    def which(self) -> _rt.Literal["type_id", "member", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(16)
        return ("type_id", "member")[tag] if tag < 2 else "unknown"

    @property
    def start_byte(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def end_byte(self) -> int:
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def type_id(self) -> int:
        """Identifier refers to a type. This is the type ID."""
        if self._tag(16) != 0:
            raise _rt.inactive(self, "type_id")
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def member(self) -> CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member:
        """Identifier refers to a member of a type."""
        if self._tag(16) != 1:
            raise _rt.inactive(self, "member")
        return CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member(
            self._m, self._s, self._o, self._p, self._e, self._d
        )

    @staticmethod
    def new(
        **fields: _rt.Unpack[CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Fields],
    ) -> CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Builder)
        if fields:
            built._fill(**fields)
        return built


class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Builder(
    CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier, _rt.StructBuilder
):
    """Builder of CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier."""

    __slots__ = ()

    @property
    def start_byte(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @start_byte.setter
    def start_byte(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "start_byte")

    @property
    def end_byte(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @end_byte.setter
    def end_byte(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "end_byte")

    @property
    def type_id(self) -> int:
        if self._tag(16) != 0:
            raise _rt.inactive(self, "type_id")
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @type_id.setter
    def type_id(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "type_id")
        _rt.pack_u16(self._s, self._o + 16, 0)

    @property
    def member(self) -> CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Builder:
        if self._tag(16) != 1:
            raise _rt.inactive(self, "member")
        return CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Builder(
            self._m, self._s, self._o, self._p, self._e, self._d
        )

    def init_member(self) -> CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Builder:
        """Make `member` the union's member, with all defaults."""
        _rt.reset(self, ((8, 8), (18, 2)), ())
        _rt.pack_u16(self._s, self._o + 16, 1)
        return CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Builder(
            self._m, self._s, self._o, self._p, self._e, self._d
        )

    def _fill(
        self,
        *,
        start_byte: int = 0,
        end_byte: int = 0,
        type_id: int | None = None,
        member: CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Member_Fields | None = None,
    ) -> None:
        if (type_id, member).count(None) < 1:
            raise _rt.two_members(self, "type_id", "member")
        try:
            _PACK_CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier(
                self._s, self._o, start_byte, end_byte
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.start_byte, self.end_byte = start_byte, end_byte
            raise
        if type_id is not None:
            _rt.put_u64(self, 8, type_id, "type_id")
            _rt.pack_u16(self._s, self._o + 16, 0)
        if member is not None:
            self.init_member()._fill(**member)


class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Promise(
    _rt.PendingCall[CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier]
):
    """A call whose results are a CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier."""

    __slots__ = ()
    _results = CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier


if _rt.TYPE_CHECKING:

    class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Fields(_rt.TypedDict, total=False):
        """The fields of CodeGeneratorRequest_RequestedFile_FileSourceInfo, for construction; those left out keep their defaults."""

        identifiers: _rt.Iterable[
            CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier
            | CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Fields
        ]


class CodeGeneratorRequest_RequestedFile_FileSourceInfo(_rt.StructReader):
    """Struct `FileSourceInfo`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF8EA2BF176925DA0

    Identifier: _rt.TypeAlias = CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder"

    @property
    def identifiers(self) -> _rt.ListReader[CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier]:
        return _LIST_CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier.read(self, 0)

    @staticmethod
    def new(
        **fields: _rt.Unpack[CodeGeneratorRequest_RequestedFile_FileSourceInfo_Fields],
    ) -> CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder)
        if fields:
            built._fill(**fields)
        return built


class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder(
    CodeGeneratorRequest_RequestedFile_FileSourceInfo, _rt.StructBuilder
):
    """Builder of CodeGeneratorRequest_RequestedFile_FileSourceInfo."""

    __slots__ = ()

    @property
    def identifiers(
        self,
    ) -> _rt.ListBuilder[CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Builder]:
        return _LIST_CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier.builder(self, 0)

    @identifiers.setter
    def identifiers(
        self,
        value: _rt.Iterable[
            CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier
            | CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Fields
        ],
    ) -> None:
        _LIST_CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier.write(self, 0, value)

    def init_identifiers(
        self, count: int
    ) -> _rt.ListBuilder[CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Builder]:
        return _LIST_CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier.init(self, 0, count)

    def _fill(
        self,
        *,
        identifiers: _rt.Iterable[
            CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier
            | CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Fields
        ]
        | None = None,
    ) -> None:
        if identifiers is not None:
            _LIST_CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier.write(self, 0, identifiers)


class CodeGeneratorRequest_RequestedFile_FileSourceInfo_Promise(
    _rt.PendingCall[CodeGeneratorRequest_RequestedFile_FileSourceInfo]
):
    """A call whose results are a CodeGeneratorRequest_RequestedFile_FileSourceInfo."""

    __slots__ = ()
    _results = CodeGeneratorRequest_RequestedFile_FileSourceInfo


if _rt.TYPE_CHECKING:

    class CodeGeneratorRequest_RequestedFile_Fields(_rt.TypedDict, total=False):
        """The fields of CodeGeneratorRequest_RequestedFile, for construction; those left out keep their defaults."""

        id: int
        filename: str
        imports: _rt.Iterable[
            CodeGeneratorRequest_RequestedFile_Import | CodeGeneratorRequest_RequestedFile_Import_Fields
        ]
        file_source_info: (
            CodeGeneratorRequest_RequestedFile_FileSourceInfo
            | CodeGeneratorRequest_RequestedFile_FileSourceInfo_Fields
        )


class CodeGeneratorRequest_RequestedFile(_rt.StructReader):
    """Struct `RequestedFile`."""

    __slots__ = ()
    _size = (1, 3)
    _id = 0xCFEA0EB02E810062

    Import: _rt.TypeAlias = CodeGeneratorRequest_RequestedFile_Import
    FileSourceInfo: _rt.TypeAlias = CodeGeneratorRequest_RequestedFile_FileSourceInfo
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CodeGeneratorRequest_RequestedFile_Builder"

    @property
    def id(self) -> int:
        """ID of the file."""
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def filename(self) -> str:
        """Name of the file as it appeared on the command-line (minus the src-prefix).  You may use
        this to decide where to write the output.
        """
        return self._text(0)

    @property
    def imports(self) -> _rt.ListReader[CodeGeneratorRequest_RequestedFile_Import]:
        """List of all imported paths seen in this file."""
        return _LIST_CodeGeneratorRequest_RequestedFile_Import.read(self, 8)

    @property
    def file_source_info(self) -> CodeGeneratorRequest_RequestedFile_FileSourceInfo:
        return self._struct(CodeGeneratorRequest_RequestedFile_FileSourceInfo, 16)

    @property
    def has_file_source_info(self) -> bool:
        return self._has(16)

    @staticmethod
    def new(
        **fields: _rt.Unpack[CodeGeneratorRequest_RequestedFile_Fields],
    ) -> CodeGeneratorRequest_RequestedFile_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CodeGeneratorRequest_RequestedFile_Builder)
        if fields:
            built._fill(**fields)
        return built


class CodeGeneratorRequest_RequestedFile_Builder(CodeGeneratorRequest_RequestedFile, _rt.StructBuilder):
    """Builder of CodeGeneratorRequest_RequestedFile."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    @property
    def filename(self) -> str:
        return self._text(0)

    @filename.setter
    def filename(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def imports(self) -> _rt.ListBuilder[CodeGeneratorRequest_RequestedFile_Import_Builder]:
        return _LIST_CodeGeneratorRequest_RequestedFile_Import.builder(self, 8)

    @imports.setter
    def imports(
        self,
        value: _rt.Iterable[
            CodeGeneratorRequest_RequestedFile_Import | CodeGeneratorRequest_RequestedFile_Import_Fields
        ],
    ) -> None:
        _LIST_CodeGeneratorRequest_RequestedFile_Import.write(self, 8, value)

    def init_imports(self, count: int) -> _rt.ListBuilder[CodeGeneratorRequest_RequestedFile_Import_Builder]:
        return _LIST_CodeGeneratorRequest_RequestedFile_Import.init(self, 8, count)

    @property
    def file_source_info(self) -> CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder:
        return self._struct_builder(CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder, 16)

    @file_source_info.setter
    def file_source_info(
        self,
        value: CodeGeneratorRequest_RequestedFile_FileSourceInfo
        | CodeGeneratorRequest_RequestedFile_FileSourceInfo_Fields,
    ) -> None:
        self._put_struct(CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder, 16, value)

    def init_file_source_info(self) -> CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder:
        return self._init_struct(CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder, 16)

    def _fill(
        self,
        *,
        id: int = 0,
        filename: str | None = None,
        imports: _rt.Iterable[
            CodeGeneratorRequest_RequestedFile_Import | CodeGeneratorRequest_RequestedFile_Import_Fields
        ]
        | None = None,
        file_source_info: CodeGeneratorRequest_RequestedFile_FileSourceInfo
        | CodeGeneratorRequest_RequestedFile_FileSourceInfo_Fields
        | None = None,
    ) -> None:
        try:
            _PACK_CodeGeneratorRequest_RequestedFile(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise
        if filename is not None:
            self._new_text(0, filename)
        if imports is not None:
            _LIST_CodeGeneratorRequest_RequestedFile_Import.write(self, 8, imports)
        if file_source_info is not None:
            self._put_struct(CodeGeneratorRequest_RequestedFile_FileSourceInfo_Builder, 16, file_source_info)


class CodeGeneratorRequest_RequestedFile_Promise(_rt.PendingCall[CodeGeneratorRequest_RequestedFile]):
    """A call whose results are a CodeGeneratorRequest_RequestedFile."""

    __slots__ = ()
    _results = CodeGeneratorRequest_RequestedFile


if _rt.TYPE_CHECKING:

    class CodeGeneratorRequest_Fields(_rt.TypedDict, total=False):
        """The fields of CodeGeneratorRequest, for construction; those left out keep their defaults."""

        nodes: _rt.Iterable[Node | Node_Fields]
        requested_files: _rt.Iterable[
            CodeGeneratorRequest_RequestedFile | CodeGeneratorRequest_RequestedFile_Fields
        ]
        capnp_version: CapnpVersion | CapnpVersion_Fields
        source_info: _rt.Iterable[Node_SourceInfo | Node_SourceInfo_Fields]


class CodeGeneratorRequest(_rt.StructReader):
    """Struct `CodeGeneratorRequest`."""

    __slots__ = ()
    _size = (0, 4)
    _id = 0xBFC546F6210AD7CE

    RequestedFile: _rt.TypeAlias = CodeGeneratorRequest_RequestedFile
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CodeGeneratorRequest_Builder"

    @property
    def nodes(self) -> _rt.ListReader[Node]:
        """All nodes parsed by the compiler, including for the files on the command line and their
        imports.
        """
        return _LIST_Node.read(self, 0)

    @property
    def requested_files(self) -> _rt.ListReader[CodeGeneratorRequest_RequestedFile]:
        """Files which were listed on the command line."""
        return _LIST_CodeGeneratorRequest_RequestedFile.read(self, 8)

    @property
    def capnp_version(self) -> CapnpVersion:
        """Version of the `capnp` executable. Generally, code generators should ignore this, but the code
        generators that ship with `capnp` itself will print a warning if this mismatches since that
        probably indicates something is misconfigured.

        The first version of 'capnp' to set this was 0.6.0. So, if it's missing, the compiler version
        is older than that.
        """
        return self._struct(CapnpVersion, 16)

    @property
    def has_capnp_version(self) -> bool:
        return self._has(16)

    @property
    def source_info(self) -> _rt.ListReader[Node_SourceInfo]:
        """Information about the original source code for each node, where available. This array may be
        omitted or may be missing some nodes if no info is available for them.
        """
        return _LIST_Node_SourceInfo.read(self, 24)

    @staticmethod
    def new(**fields: _rt.Unpack[CodeGeneratorRequest_Fields]) -> CodeGeneratorRequest_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CodeGeneratorRequest_Builder)
        if fields:
            built._fill(**fields)
        return built


class CodeGeneratorRequest_Builder(CodeGeneratorRequest, _rt.StructBuilder):
    """Builder of CodeGeneratorRequest."""

    __slots__ = ()

    @property
    def nodes(self) -> _rt.ListBuilder[Node_Builder]:
        return _LIST_Node.builder(self, 0)

    @nodes.setter
    def nodes(self, value: _rt.Iterable[Node | Node_Fields]) -> None:
        _LIST_Node.write(self, 0, value)

    def init_nodes(self, count: int) -> _rt.ListBuilder[Node_Builder]:
        return _LIST_Node.init(self, 0, count)

    @property
    def requested_files(self) -> _rt.ListBuilder[CodeGeneratorRequest_RequestedFile_Builder]:
        return _LIST_CodeGeneratorRequest_RequestedFile.builder(self, 8)

    @requested_files.setter
    def requested_files(
        self,
        value: _rt.Iterable[CodeGeneratorRequest_RequestedFile | CodeGeneratorRequest_RequestedFile_Fields],
    ) -> None:
        _LIST_CodeGeneratorRequest_RequestedFile.write(self, 8, value)

    def init_requested_files(self, count: int) -> _rt.ListBuilder[CodeGeneratorRequest_RequestedFile_Builder]:
        return _LIST_CodeGeneratorRequest_RequestedFile.init(self, 8, count)

    @property
    def capnp_version(self) -> CapnpVersion_Builder:
        return self._struct_builder(CapnpVersion_Builder, 16)

    @capnp_version.setter
    def capnp_version(self, value: CapnpVersion | CapnpVersion_Fields) -> None:
        self._put_struct(CapnpVersion_Builder, 16, value)

    def init_capnp_version(self) -> CapnpVersion_Builder:
        return self._init_struct(CapnpVersion_Builder, 16)

    @property
    def source_info(self) -> _rt.ListBuilder[Node_SourceInfo_Builder]:
        return _LIST_Node_SourceInfo.builder(self, 24)

    @source_info.setter
    def source_info(self, value: _rt.Iterable[Node_SourceInfo | Node_SourceInfo_Fields]) -> None:
        _LIST_Node_SourceInfo.write(self, 24, value)

    def init_source_info(self, count: int) -> _rt.ListBuilder[Node_SourceInfo_Builder]:
        return _LIST_Node_SourceInfo.init(self, 24, count)

    def _fill(
        self,
        *,
        nodes: _rt.Iterable[Node | Node_Fields] | None = None,
        requested_files: _rt.Iterable[
            CodeGeneratorRequest_RequestedFile | CodeGeneratorRequest_RequestedFile_Fields
        ]
        | None = None,
        capnp_version: CapnpVersion | CapnpVersion_Fields | None = None,
        source_info: _rt.Iterable[Node_SourceInfo | Node_SourceInfo_Fields] | None = None,
    ) -> None:
        if nodes is not None:
            _LIST_Node.write(self, 0, nodes)
        if requested_files is not None:
            _LIST_CodeGeneratorRequest_RequestedFile.write(self, 8, requested_files)
        if capnp_version is not None:
            self._put_struct(CapnpVersion_Builder, 16, capnp_version)
        if source_info is not None:
            _LIST_Node_SourceInfo.write(self, 24, source_info)


class CodeGeneratorRequest_Promise(_rt.PendingCall[CodeGeneratorRequest]):
    """A call whose results are a CodeGeneratorRequest."""

    __slots__ = ()
    _results = CodeGeneratorRequest


_PACK_Node_NestedNode = _rt.Struct("<Q").pack_into
_PACK_Node_SourceInfo = _rt.Struct("<QII").pack_into
_PACK_Node = _rt.Struct("<QI4xQ12xB3xII").pack_into
_PACK_Field = _rt.Struct("<HH").pack_into
_PACK_Enumerant = _rt.Struct("<H").pack_into
_PACK_Superclass = _rt.Struct("<Q").pack_into
_PACK_Method = _rt.Struct("<H6xQQ").pack_into
_PACK_Brand_Scope = _rt.Struct("<Q").pack_into
_PACK_Annotation = _rt.Struct("<Q").pack_into
_PACK_CapnpVersion = _rt.Struct("<HBB").pack_into
_PACK_CodeGeneratorRequest_RequestedFile_Import = _rt.Struct("<Q").pack_into
_PACK_CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier = _rt.Struct("<II").pack_into
_PACK_CodeGeneratorRequest_RequestedFile = _rt.Struct("<Q").pack_into
_LIST_Node_SourceInfo_Member = _rt.StructListType(Node_SourceInfo_Member, Node_SourceInfo_Member_Builder)
_LIST_Field = _rt.StructListType(Field, Field_Builder)
_LIST_Enumerant = _rt.StructListType(Enumerant, Enumerant_Builder)
_LIST_Method = _rt.StructListType(Method, Method_Builder)
_LIST_Superclass = _rt.StructListType(Superclass, Superclass_Builder)
_LIST_Node_NestedNode = _rt.StructListType(Node_NestedNode, Node_NestedNode_Builder)
_LIST_Annotation = _rt.StructListType(Annotation, Annotation_Builder)
_LIST_Node_Parameter = _rt.StructListType(Node_Parameter, Node_Parameter_Builder)
_LIST_Brand_Binding = _rt.StructListType(Brand_Binding, Brand_Binding_Builder)
_LIST_Brand_Scope = _rt.StructListType(Brand_Scope, Brand_Scope_Builder)
_LIST_CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier = _rt.StructListType(
    CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier,
    CodeGeneratorRequest_RequestedFile_FileSourceInfo_Identifier_Builder,
)
_LIST_CodeGeneratorRequest_RequestedFile_Import = _rt.StructListType(
    CodeGeneratorRequest_RequestedFile_Import, CodeGeneratorRequest_RequestedFile_Import_Builder
)
_LIST_Node = _rt.StructListType(Node, Node_Builder)
_LIST_CodeGeneratorRequest_RequestedFile = _rt.StructListType(
    CodeGeneratorRequest_RequestedFile, CodeGeneratorRequest_RequestedFile_Builder
)
_LIST_Node_SourceInfo = _rt.StructListType(Node_SourceInfo, Node_SourceInfo_Builder)
Field_NO_DISCRIMINANT: _rt.Final = 65535
