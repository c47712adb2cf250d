"""Schemas met at run time: a table of nodes that grows, from which any message can be read.

Rules that hold here:

1. What is added is checked first, since it may come from a peer: every type that a field names must be
   known by the time it is used, and a struct's fields must lie inside the struct. Nothing is generated or
   executed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wetware.capnp.errors import SchemaError
from wetware.capnp.framing import read_message
from wetware.capnp.reader import StructReader
from wetware.capnp.schema.decode import decode_node, decode_request
from wetware.capnp.schema.model import EnumNode, InterfaceNode, StructNode
from wetware.capnp.segments import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wetware.capnp.schema.model import Node

__all__ = ["SCHEMA_LIMITS", "SchemaLoader"]

# a schema is small, and decoding it makes Python objects of all that is reached
SCHEMA_LIMITS = Limits(traversal_words=1 << 20, message_bytes=8 << 20)

# groups inside groups
MAX_GROUPS = 64


class SchemaLoader:
    """A table of schema nodes.

    Args:
        nodes: what to begin with.
    """

    def __init__(self, nodes: Iterable[Node] = ()) -> None:
        self._nodes: dict[int, Node] = {}
        # the struct or group that each group is a part of
        self._owners: dict[int, int] = {}
        self._add(nodes)

    def __iter__(self) -> Iterator[Node]:
        return iter(self._nodes.values())

    def load(self, request: bytes, limits: Limits = SCHEMA_LIMITS) -> None:
        """Add all nodes of a compiled schema, as `capnp compile -o-` writes it.

        Raises:
            DecodeError: the bytes are no such message.
            SchemaError: the schema is not well-formed, or holds something that this version does not know.
        """
        nodes, _ = decode_request(request, limits)
        self._add(nodes.values())

    def add(self, node: bytes, limits: Limits = SCHEMA_LIMITS) -> int:
        """Add one framed `Node` message, and give its id.

        Raises:
            DecodeError, SchemaError: as `load`.
        """
        made = decode_node(read_message(node, limits=limits).root(StructReader))
        self._add([made])
        return made.id

    def _add(self, nodes: Iterable[Node]) -> None:
        """Add nodes, all or none."""
        table, owners = dict(self._nodes), dict(self._owners)
        for node in nodes:
            table[node.id] = node
            for group in [group for group, owner in owners.items() if owner == node.id]:
                del owners[group]
            if isinstance(node, StructNode):
                for one in node.fields:
                    if one.group_id in owners:
                        raise SchemaError(f"group {one.group_id:#x} is a part of two places")
                    if one.group_id:
                        owners[one.group_id] = node.id
        for group in owners:
            at = group
            for _ in range(MAX_GROUPS):
                at = owners.get(at, 0)
            if at:
                raise SchemaError(f"group {group:#x} is nested too deep, or a part of itself")
        self._nodes, self._owners = table, owners

    def node(self, node_id: int) -> Node:
        """The node of this id.

        Raises:
            SchemaError: it was not loaded.
        """
        found = self._nodes.get(node_id)
        if found is None:
            raise SchemaError(f"node {node_id:#x} is not loaded")
        return found

    def struct(self, which: int | str) -> StructNode:
        """A struct, by its id or by its name (`Person.PhoneNumber`).

        Raises:
            SchemaError: there is none, or the name is that of several.
        """
        found = self.node(which) if isinstance(which, int) else self.find(which)
        if not isinstance(found, StructNode):
            raise SchemaError(f"{found.display_name} is no struct")
        return found

    def enum(self, node_id: int) -> EnumNode:
        """An enum, by its id."""
        found = self.node(node_id)
        if not isinstance(found, EnumNode):
            raise SchemaError(f"{found.display_name} is no enum")
        return found

    def interface(self, which: int | str) -> InterfaceNode:
        """An interface, by its id or by its name."""
        found = self.node(which) if isinstance(which, int) else self.find(which)
        if not isinstance(found, InterfaceNode):
            raise SchemaError(f"{found.display_name} is no interface")
        return found

    def find(self, name: str) -> Node:
        """The node of this name, with or without its file's."""
        found = [
            node
            for node in self._nodes.values()
            if node.display_name == name or node.display_name.rpartition(":")[2] == name
        ]
        if len(found) != 1:
            raise SchemaError(f"{len(found)} nodes are named {name}; name one with its file, or by its id")
        return found[0]
