"""A group of nodes driven by the commands of the transcripts.

Every command's output says what happened, in the order in which it happened. The nodes' own log lines are
not written: the core has none.
"""

import contextlib
import random

import raft_describe as describe

from wetware.errors import LocalError, WetwareError
from wetware.raft.core import (
    APPEND_THREAD,
    APPLY_THREAD,
    EMPTY_HARD_STATE,
    NO_LIMIT,
    ConfChange,
    Config,
    ConfState,
    EntryType,
    HardState,
    MemoryStorage,
    Message,
    MessageType,
    RawNode,
    ReadMode,
    Snapshot,
    Transition,
    is_local_target,
)
from wetware.raft.core.errors import (
    CompactedError,
    DroppedError,
    PeerNotFoundError,
    SnapshotOutOfDateError,
    UnavailableError,
)

TEXTS = {
    PeerNotFoundError: "raft: cannot step as peer not found",
    CompactedError: "requested index is unavailable due to compaction",
    UnavailableError: "requested entry at index is unavailable",
    SnapshotOutOfDateError: "requested index is older than the existing snapshot",
}
LEVELS = ("debug", "info", "warn", "error", "fatal", "none")
TRANSITIONS = {
    "auto": Transition.AUTO,
    "implicit": Transition.JOINT_IMPLICIT,
    "explicit": Transition.JOINT_EXPLICIT,
}
READ_MODES = {"safe": ReadMode.SAFE, "lease-based": ReadMode.LEASE}
NODE_OPTIONS = (
    "voters",
    "learners",
    "index",
    "content",
    "inflight",
    "max-inflight-bytes",
    "async-storage-writes",
    "prevote",
    "checkquorum",
    "read-only",
    "max-committed-size-per-ready",
    "disable-conf-change-validation",
    "step-down-on-removal",
    "crdb-version",  # of another make, without a meaning here
)
MESSAGE_TYPES = {name: kind for kind, name in describe.MESSAGE_NAMES.items()}
EMPTY = Snapshot(0, 0, ConfState())


class Storage(MemoryStorage):
    """Gives the newest state of the machine as a snapshot, whenever it is asked."""

    __slots__ = ("newest",)

    def snapshot(self):
        return self.newest()


class Node:
    def __init__(self, node_id, config, snapshot):
        self.history = [snapshot]
        self.storage = Storage()
        self.storage.newest = lambda: self.history[-1]
        if snapshot != EMPTY:
            self.storage.apply_snapshot(snapshot)
        self.config = config
        self.raw = RawNode(config, self.storage, random.Random(node_id).randrange)
        self.append_work = []
        self.apply_work = []

    def append(self, hard_state, entries, snapshot):
        if hard_state is not None and hard_state != EMPTY_HARD_STATE:
            self.storage.set_hard_state(hard_state)
        if snapshot is not None:
            if entries:
                raise LocalError("can't apply snapshot and entries at the same time")
            self.storage.apply_snapshot(snapshot)
        self.storage.append(entries)

    def apply(self, entries):
        """Apply entries to a machine whose state is all the data that it was given, one after the other."""
        for entry in entries:
            last = self.history[-1]
            update, conf_state = entry.data, last.conf_state
            if entry.type is not EntryType.NORMAL:
                change = ConfChange.decode(entry.data)
                update, conf_state = change.context, self.raw.apply_conf_change(change)
            self.history.append(Snapshot(entry.index, entry.term, conf_state, last.data + update))


class Interaction:
    """The nodes, the messages between them, and the output of the running command."""

    def __init__(self):
        self.nodes = []
        self.messages = []
        self.output = []
        self.level = "debug"

    @property
    def quiet(self):
        return self.level == "none"

    def handle(self, directive):
        self.output = []
        command = getattr(self, "do_" + directive.command.replace("-", "_"), None)
        if command is None:
            raise ValueError(f"line {directive.line}: unknown command {directive.command}")
        try:
            command(directive)
        except WetwareError as error:
            self.output.append(self.error(error))
        return "\n".join(self.output) or "ok"

    def write(self, text):
        if not self.quiet:
            self.output.extend(text.rstrip("\n").split("\n") if text else [])

    @contextlib.contextmanager
    def indented(self):
        before, self.output = self.output, []
        try:
            yield
        finally:
            self.output = before + ["  " + line for line in self.output]

    @staticmethod
    def error(error):
        if isinstance(error, DroppedError):
            return "raft proposal dropped"
        for kind, text in TEXTS.items():
            if isinstance(error, kind):
                return text
        return str(error)

    def position(self, directive, word):
        """Give the position of a node that is named by its id."""
        position = int(word) - 1
        if not 0 <= position < len(self.nodes):
            raise ValueError(f"line {directive.line}: there is no node {word}")
        return position

    def node(self, directive):
        return self.nodes[self.position(directive, directive.words[0])]

    def chosen(self, directive):
        return [self.position(directive, word) for word in directive.words]

    # --- nodes --------------------------------------------------------------------------------------------

    def do_add_nodes(self, directive):
        directive.allow(*NODE_OPTIONS)
        read_mode = READ_MODES.get(directive.option("read-only", "safe"))
        if read_mode is None:
            self.output.append(f'invalid read-only option "{directive.option("read-only")}"')
            return
        if read_mode is ReadMode.LEASE and not directive.flag("checkquorum"):
            self.output.append("CheckQuorum must be enabled when ReadOnlyOption is ReadOnlyLeaseBased")
            return
        snapshot = EMPTY
        index = int(directive.option("index", "0"))
        voters, learners = directive.ids("voters"), directive.ids("learners")
        content = directive.option("content", "").encode()
        if index or voters or learners or content:
            if index <= 1:
                self.output.append("index must be specified as > 1 due to bootstrap")
                return
            snapshot = Snapshot(index, 1, ConfState(tuple(voters), learners=tuple(learners)), content)
        for _ in range(int(directive.words[0])):
            config = Config(
                id=len(self.nodes) + 1,
                election_tick=3,
                heartbeat_tick=1,
                applied=index,
                async_storage_writes=directive.flag("async-storage-writes"),
                max_size_per_message=NO_LIMIT,
                max_committed_size_per_ready=int(directive.option("max-committed-size-per-ready", "0")),
                max_uncommitted_size=NO_LIMIT,
                max_inflight_messages=int(directive.option("inflight", str(2**31 - 1))),
                max_inflight_bytes=int(directive.option("max-inflight-bytes", "0")),
                pre_vote=directive.flag("prevote"),
                check_quorum=directive.flag("checkquorum"),
                read_mode=read_mode,
                validate_conf_changes=not directive.flag("disable-conf-change-validation"),
                step_down_on_removal=directive.flag("step-down-on-removal"),
            )
            self.nodes.append(Node(config.id, config, snapshot))

    def do_log_level(self, directive):
        level = directive.words[0].lower()
        if level not in LEVELS:
            self.output.append(f"log levels must be either of [{' '.join(LEVELS).upper()}]")
            return
        self.level = level

    def do__breakpoint(self, directive):
        pass

    # --- requests -----------------------------------------------------------------------------------------

    def do_campaign(self, directive):
        self.node(directive).raw.campaign()

    def do_propose(self, directive):
        directive.allow()
        if len(directive.words) != 2:
            raise ValueError(f"line {directive.line}: propose takes a node and a payload")
        self.node(directive).raw.propose(directive.words[1].encode())

    def do_propose_conf_change(self, directive):
        unknown = directive.options.keys() - {"v1", "transition"}
        name, v1 = directive.option("transition", "auto"), directive.flag("v1")
        transition = TRANSITIONS.get(name)
        changes = describe.changes(directive.input)
        if unknown:
            self.output.append(f"unknown command {min(unknown)}")
        elif transition is None:
            self.output.append(f"unknown transition {name}")
        elif isinstance(changes, str):
            self.output.append(changes)
        elif v1 and (len(changes) > 1 or transition is not Transition.AUTO):
            self.output.append("v1 conf change can only have one operation and no transition")
        else:
            self.node(directive).raw.propose_conf_change(ConfChange(changes, transition), v1=v1)

    def do_transfer_leadership(self, directive):
        directive.allow("from", "to")
        leader, transferee = (self.position(directive, directive.option(key)) for key in ("from", "to"))
        self.nodes[leader].raw.transfer_leader(transferee + 1)

    def do_forget_leader(self, directive):
        self.node(directive).raw.forget_leader()

    def do_report_unreachable(self, directive):
        self.node(directive).raw.report_unreachable(int(directive.words[1]))

    def do_send_snapshot(self, directive):
        sender, receiver = (self.position(directive, word) + 1 for word in directive.words)
        node = self.nodes[sender - 1]
        message = Message(
            MessageType.SNAP, to=receiver, from_=sender, term=node.raw.term, snapshot=node.storage.snapshot()
        )
        self.messages.append(message)
        self.write(describe.message(message))

    # --- time ---------------------------------------------------------------------------------------------

    def do_tick_election(self, directive):
        node = self.node(directive)
        for _ in range(node.config.election_tick):
            node.raw.tick()

    def do_tick_heartbeat(self, directive):
        node = self.node(directive)
        for _ in range(node.config.heartbeat_tick):
            node.raw.tick()

    def do_set_randomized_election_timeout(self, directive):
        self.node(directive).raw._raft.election_timeout = int(directive.option("timeout"))

    # --- looking ------------------------------------------------------------------------------------------

    def do_raft_log(self, directive):
        self.write_log(self.node(directive).storage)

    def do_compact(self, directive):
        storage = self.node(directive).storage
        storage.compact(int(directive.words[1]))
        self.write_log(storage)

    def write_log(self, storage):
        first, last = storage.first_index(), storage.last_index()
        if last < first:
            self.write(f"log is empty: first index={first}, last index={last}")
        else:
            self.write(describe.entries(storage.entries(first, last + 1, NO_LIMIT)))

    def do_raft_state(self, directive):
        for node in self.nodes:
            status = node.raw.status()
            voters = status.conf_state.voters + status.conf_state.voters_outgoing
            voter = "Voter" if status.id in voters else "Non-Voter"
            self.write(
                f"{status.id}: {describe.ROLE_NAMES[status.soft_state.role]} ({voter})"
                f" Term:{status.hard_state.term} Lead:{status.soft_state.lead}"
            )

    def do_status(self, directive):
        self.write(describe.progress_map(self.node(directive).raw.status().progress))

    # --- work ---------------------------------------------------------------------------------------------

    def each(self, directive, heading, work):
        chosen = self.chosen(directive)
        for position in chosen:
            if len(chosen) == 1:
                work(position)
                continue
            self.write(f"> {position + 1} {heading}")
            with self.indented():
                work(position)

    def do_process_ready(self, directive):
        self.each(directive, "handling Ready", self.process_ready)

    def do_process_append_thread(self, directive):
        self.each(directive, "processing append thread", self.process_append)

    def do_process_apply_thread(self, directive):
        self.each(directive, "processing apply thread", self.process_apply)

    def process_ready(self, position):
        node = self.nodes[position]
        ready = node.raw.ready()
        self.write(describe.ready(ready))
        if not node.config.async_storage_writes:
            node.append(ready.hard_state, ready.entries, ready.snapshot)
            node.apply(ready.committed)
        for message in ready.messages:
            work = {APPEND_THREAD: node.append_work, APPLY_THREAD: node.apply_work}.get(
                message.to, self.messages
            )
            work.append(message)
        if not node.config.async_storage_writes:
            node.raw.advance()

    def process_append(self, position):
        node = self.nodes[position]
        if not node.append_work:
            self.write("no append work to perform")
            return
        message = node.append_work.pop(0)
        responses = self.take(message)
        node.append(HardState(message.term, message.vote, message.commit), message.entries, message.snapshot)
        self.respond(responses)

    def process_apply(self, position):
        node = self.nodes[position]
        if not node.apply_work:
            self.write("no apply work to perform")
            return
        message = node.apply_work.pop(0)
        responses = self.take(message)
        node.apply(message.entries)
        self.respond(responses)

    def take(self, message):
        responses, message.responses = message.responses, ()
        self.write("Processing:")
        self.write(describe.message(message))
        return responses

    def respond(self, responses):
        self.write("Responses:")
        for response in responses:
            self.write(describe.message(response))
        self.messages.extend(responses)

    def do_deliver_msgs(self, directive):
        directive.allow("drop", "type")
        receivers = []
        for key, values in directive.arguments:
            if not values:
                receivers.append((int(key), False))
            elif key == "drop":
                receivers += [(int(value), True) for value in values]
        if len({node_id for node_id, _ in receivers}) < len(receivers):
            raise ValueError(f"line {directive.line}: messages are delivered or dropped, not both")
        kind = directive.option("type")
        if kind is not None and kind not in MESSAGE_TYPES:
            raise ValueError(f"line {directive.line}: unknown message type {kind}")
        kind = None if kind is None else MESSAGE_TYPES[kind]
        if not sum(self.deliver(node_id, drop=drop, kind=kind) for node_id, drop in receivers):
            self.write("no messages")

    def deliver(self, node_id, *, drop=False, kind=None):
        taken = self.waiting(node_id, drop=drop, kind=kind)
        chosen = {id(message) for message in taken}
        self.messages = [message for message in self.messages if id(message) not in chosen]
        for message in taken:
            self.write(("dropped: " if drop else "") + describe.message(message))
            if drop:
                continue
            try:
                self.nodes[message.to - 1].raw.step(message)
            except WetwareError as error:
                self.write(self.error(error))
        return len(taken)

    def waiting(self, node_id, *, drop=False, kind=None):
        """Give the messages for a node; those that it sends to itself are never lost."""

        def local(message):
            return (
                message.from_ == message.to or is_local_target(message.from_) or is_local_target(message.to)
            )

        return [
            message
            for message in self.messages
            if message.to == node_id and not (drop and local(message)) and kind in (None, message.type)
        ]

    def do_stabilize(self, directive):
        directive.allow("log-level")
        before = self.level
        level = directive.option("log-level", before).lower()
        if level not in LEVELS:
            self.output.append(f"log levels must be either of [{' '.join(LEVELS).upper()}]")
            return
        self.level = level
        try:
            self.stabilize(self.chosen(directive) or list(range(len(self.nodes))))
        finally:
            self.level = before

    def stabilize(self, positions):
        """Let the chosen nodes work until none of them has anything to do."""
        done = False
        while not done:
            done = True
            for position in positions:
                if self.nodes[position].raw.has_ready():
                    done = False
                    self.write(f"> {position + 1} handling Ready")
                    with self.indented():
                        self.process_ready(position)
            for position in positions:
                if self.waiting(position + 1):
                    done = False
                    self.write(f"> {position + 1} receiving messages")
                    with self.indented():
                        self.deliver(position + 1)
            for kind, process in (("append", self.process_append), ("apply", self.process_apply)):
                for position in positions:
                    work = getattr(self.nodes[position], f"{kind}_work")
                    if work:
                        done = False
                        self.write(f"> {position + 1} processing {kind} thread")
                        with self.indented():
                            while work:
                                process(position)
