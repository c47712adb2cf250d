"""What is replicated: keys with values, and counters."""

from wetware.errors import LocalError
from wetware.raft.node import Item, ItemMap


class Store(ItemMap):
    """Keys with values; a key that begins with "+" is a counter, to which a put adds."""

    def apply(self, item: Item) -> bytes | None:
        """Set a key, or add to a counter and answer its new value."""
        if not item.key.startswith(b"+"):
            super().apply(item)
            return None
        try:
            self.values[item.key] = b"%d" % (int(self.values.get(item.key, b"0")) + int(item.value))
        except ValueError:
            raise LocalError(f"a counter takes whole numbers, not {bytes(item.value)!r}") from None
        return self.values[item.key]
