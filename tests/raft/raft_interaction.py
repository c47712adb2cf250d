"""A group of nodes driven by the commands of the transcripts.

Every command's output says what happened, in the order in which it happened. The nodes' own log lines are
not written: the core has none.
"""

import contextlib
import random

import raft_describe as describe

from wetware.errors import WetwareError
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
from wetware.raft.core.errors import DroppedError, PeerNotFoundError

LEVELS = ("debug", "info", "warn", "error", "fatal", "none")
TRANSITIONS = {
    "auto": Transition.AUTO,
    "implicit": Transition.JOINT_IMPLICIT,
    "explicit": Transition.JOINT_EXPLICIT,
}
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
        if isinstance(error, PeerNotFoundError):
            return "raft: cannot step as peer not found"
        return str(error)

    def node(self, directive, position=0):
        return self.nodes[int(directive.words[position]) - 1]

    def chosen(self, directive):
        return [int(word) - 1 for word in directive.words] or list(range(len(self.nodes)))

    # --- nodes --------------------------------------------------------------------------------------------

    def do_add_nodes(self, directive):
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
                read_mode={"safe": ReadMode.SAFE, "lease-based": ReadMode.LEASE}[
                    directive.option("read-only", "safe")
                ],
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
        payload = directive.words[1].encode() if len(directive.words) > 1 else b""
        self.node(directive).raw.propose(payload)

    def do_propose_conf_change(self, directive):
        transition = TRANSITIONS[directive.option("transition", "auto")]
        change = ConfChange(describe.changes(directive.input), transition)
        self.node(directive).raw.propose_conf_change(change, v1=directive.flag("v1"))

    def do_transfer_leadership(self, directive):
        leader, transferee = int(directive.option("from")), int(directive.option("to"))
        self.nodes[leader - 1].raw.transfer_leader(transferee)

    def do_forget_leader(self, directive):
        self.node(directive).raw.forget_leader()

    def do_report_unreachable(self, directive):
        self.node(directive).raw.report_unreachable(int(directive.words[1]))

    def do_send_snapshot(self, directive):
        sender, receiver = int(directive.words[0]), int(directive.words[1])
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
        receivers = [(int(word), False) for word in directive.words]
        receivers += [(node_id, True) for node_id in directive.ids("drop")]
        kind = directive.option("type")
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
        before = self.level
        self.level = directive.option("log-level", before).lower()
        try:
            self.stabilize(self.chosen(directive))
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
