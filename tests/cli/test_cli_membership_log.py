"""What `ww start` tells of the other nodes."""

from wetware.cli.membership_log import tell
from wetware.cluster.heartbeat import Heartbeat
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.messages import Joined, Left, Recovered, Suspected, Updated
from wetware.cluster.table import Record

PEER = ephemeral_key().peer


class Acted:
    """A cluster in which one node does what a list says: a `meta` is what it says of itself then."""

    def __init__(self, *acts):
        self.acts = acts
        self.membership = self
        self.meta = ()

    def record(self, peer):
        return Record(Heartbeat(peer, 1, 1, host="anna", meta=self.meta), 0.0)

    async def events(self):
        for act in self.acts:
            if isinstance(act, tuple):
                self.meta = act
                yield Updated(PEER, restarted=False)
            else:
                yield act


async def story(*acts):
    lines = []
    await tell(lambda _event, words, **_facts: lines.append(words), Acted(*acts))
    return [line.removeprefix(f"{PEER} ") for line in lines]


async def test_what_happens_is_told_in_words():
    assert await story(
        Joined(PEER), Suspected(PEER), Recovered(PEER), Updated(PEER, restarted=True), Left(PEER, "dead")
    ) == ["joined (anna)", "is silent", "is heard again", "was restarted", "is dead: nobody hears it"]


async def test_a_load_is_no_news_and_all_else_is():
    assert await story(
        Joined(PEER),
        ("disk=big", "ww.load=1"),
        ("disk=big", "ww.load=2"),
        ("disk=small", "ww.load=2"),
    ) == ["joined (anna)", "says of itself: disk=big", "says of itself: disk=small"]
