"""Plays transcripts: files that a person can read, of commands and exactly what the process table answers.

A transcript is a paragraph of `#` lines that says what it shows, then blocks: command lines, `----`, the
expected output, a blank line. The commands are the stimuli by name (`spawn PPID`, `kill PID`, `link A B` ...)
and

    table KEY=N ...   a new table with these limits            next-pid N    the next pid to try
    run               play the engine until it has nothing left to confirm: `>` lines are its stimuli
    confirm PID       the engine's next confirmation for this process alone
    ps, tree          the listings                              story PID     what an error tells of it

A process is named by its pid; once the pid is used again, its former holder is named `PID~`.
Rewrite the expectations with WW_REWRITE=1 and commit the changes only if you know what caused them.
"""

from pathlib import Path

from wetware.errors import WetwareError
from wetware.process import instructions as do
from wetware.process import reasons, stimuli
from wetware.process.entry import Entry
from wetware.process.table import ProcessTable


def parse_reason(words):
    match words:
        case ["exited", code]:
            return reasons.Exited(int(code))
        case []:
            return reasons.Killed()
        case ["killed"]:
            return reasons.Killed()
        case ["limit", which, used, allowed]:
            return reasons.Limit(which, float(used), float(allowed))
        case ["limit", which]:
            return reasons.Limit(which)
        case ["trapped", *message]:
            return reasons.Trapped(" ".join(message))
        case ["node-lost", node]:
            return reasons.NodeLost(node)
        case ["linked", origin, via]:
            return reasons.Linked(*(int(w) if w.isdigit() else w for w in (origin, via)))
    raise AssertionError(f"no reason: {words}")


class Transcript:
    def __init__(self):
        self.table = ProcessTable()
        self.entries = {}
        self.owed = []  # instructions that the engine has still to confirm

    def play(self, lines):
        out = []
        for line in lines:
            words = line.split()
            options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
            plain = [word for word in words[1:] if "=" not in word]
            getattr(self, "do_" + words[0].replace("-", "_"))(out, *plain, **options)
        return out

    # --- the engine ----------------------------------------------------------------------------------

    def handle(self, out, stimulus, indent=""):
        try:
            results = self.table.handle(stimulus)
        except WetwareError as error:
            out.append(f"{indent}{type(error).__name__}: {error}")
            return
        for result in results:
            if isinstance(result, do.Start):
                pid = str(result.entry.pid)
                if pid in self.entries:
                    self.entries[pid + "~"] = self.entries[pid]
                self.entries[pid] = result.entry
            if isinstance(result, do.Start | do.Stop | do.Release):
                self.owed.append(result)
            out.append(indent + self.text(result))
        if not results and not indent:
            out.append("ok")

    def confirmed(self, entry, *kinds):
        self.owed = [owed for owed in self.owed if owed.entry is not entry or not isinstance(owed, kinds)]

    def text(self, result):
        match result:
            case do.Start(entry) | do.Release(entry) | do.Suspend(entry) | do.Continue(entry):
                return f"{type(result).__name__.lower()} {entry.pid}"
            case do.DeliverPause(entry):
                return f"deliver pause to {entry.pid}"
            case do.DeliverResume(entry):
                return f"deliver resume to {entry.pid}"
            case do.Stop(entry, reason):
                return f"stop {entry.pid}: {reason}"
            case do.AnswerWait(token, reason):
                return f"answer wait {token}: {reason.wait_code:#x}"
            case do.NotifyMonitor(token, reason):
                return f"notify monitor {token}: {reason}"
            case do.EndForeign(entry, peer, reason):
                return f"tell {peer} that {entry.pid} ended: {reason}"
        raise AssertionError(result)

    def answer(self, out, owed):
        match owed:
            case do.Start(entry):
                if entry.state != "starting":
                    return  # a Stop overtook it
                name, stimulus = "started", stimuli.Started(entry)
            case do.Stop(entry, reason):
                name, stimulus = "stopped", stimuli.Stopped(entry, reason)
            case do.Release(entry):
                name, stimulus = "released", stimuli.Released(entry)
        out.append(f"> {name} {entry.pid}")
        self.handle(out, stimulus, indent="  ")

    def do_run(self, out):
        while self.owed:
            self.answer(out, self.owed.pop(0))

    def do_confirm(self, out, pid):
        entry = self.entries[pid]
        owed = next(owed for owed in self.owed if owed.entry is entry)
        self.owed.remove(owed)
        self.answer(out, owed)

    # --- the stimuli ---------------------------------------------------------------------------------

    def by(self, by):
        return None if by is None else self.pair(by, by)[0]

    def do_spawn(self, out, ppid="1", by=None, link=None, monitor=None, children=None):
        self.handle(
            out,
            stimuli.Spawn(
                int(ppid),
                by=self.by(by),
                link_to=self.by(link),
                monitors=tuple(monitor.split(",")) if monitor else (),
                max_children=None if children is None else int(children),
            ),
        )

    def do_started(self, out, pid):
        self.confirmed(self.entries[pid], do.Start)
        self.handle(out, stimuli.Started(self.entries[pid]))

    def do_stopped(self, out, pid, *reason):
        self.confirmed(self.entries[pid], do.Start, do.Stop)
        self.handle(out, stimuli.Stopped(self.entries[pid], parse_reason(reason)))

    def do_released(self, out, pid):
        self.confirmed(self.entries[pid], do.Release)
        self.handle(out, stimuli.Released(self.entries[pid]))

    def do_kill(self, out, pid, *reason, by=None):
        entry = self.table.init if pid == "1" else self.entries[pid]
        self.handle(out, stimuli.Kill(entry, parse_reason(reason), self.by(by)))

    def do_shutdown(self, out):
        self.handle(out, stimuli.ShutdownAll())

    def do_pause(self, out, pid, force=None, by=None):
        entry = self.table.init if pid == "1" else self.entries[pid]
        self.handle(out, stimuli.Pause(entry, force == "force", self.by(by)))

    def do_resume(self, out, pid, by=None):
        entry = self.table.init if pid == "1" else self.entries[pid]
        self.handle(out, stimuli.Resume(entry, self.by(by)))

    def do_handler(self, out, pid, gone=None):
        self.handle(out, stimuli.HandlerRegistered(self.entries[pid], gone is None))

    def pair(self, a, b):
        return tuple(self.table.init if pid == "1" else self.entries[pid] for pid in (a, b))

    def do_link(self, out, a, b, by=None):
        self.handle(out, stimuli.Link(*self.pair(a, b), self.by(by)))

    def do_unlink(self, out, a, b, by=None):
        self.handle(out, stimuli.Unlink(*self.pair(a, b), self.by(by)))

    def do_link_foreign(self, out, pid, peer, by=None):
        name = int(peer) if peer.isdigit() else peer
        self.handle(out, stimuli.LinkForeign(self.entries[pid], name, self.by(by)))

    def do_unlink_foreign(self, out, pid, peer, by=None):
        self.handle(out, stimuli.UnlinkForeign(self.entries[pid], peer, self.by(by)))

    def do_foreign_ended(self, out, peer, *reason):
        self.handle(out, stimuli.ForeignEnded(peer, parse_reason(reason)))

    def do_wait(self, out, pid, token):
        self.handle(out, stimuli.Wait(self.pair(pid, pid)[0], token))

    def do_cancel_wait(self, out, pid, token):
        self.handle(out, stimuli.CancelWait(self.entries[pid], token))

    def do_monitor(self, out, pid, token):
        self.handle(out, stimuli.Monitor(self.pair(pid, pid)[0], token))

    def do_cancel_monitor(self, out, pid, token):
        self.handle(out, stimuli.CancelMonitor(self.entries[pid], token))

    # --- looking -------------------------------------------------------------------------------------

    def do_table(self, _out, **limits):
        self.table = ProcessTable(**{name: int(value) for name, value in limits.items()})
        self.entries, self.owed = {}, []

    def do_next_pid(self, _out, pid):
        self.table._next_pid = int(pid)

    def do_ps(self, out):
        rows = self.table.snapshot(lambda _entry: "waiting")
        out.append("no process" if not rows else "pid  ppid  state")
        for row in rows:
            held = " (suspended)" if row.suspended else ""
            why = f": {row.reason}" if row.reason else ""
            out.append(f"{row.pid:<4} {row.ppid:<5} {row.state}{held}{why}")

    def do_tree(self, out):
        rows = self.table.tree(lambda _entry: "waiting")
        out.append("no process" if not rows else "1")
        bars = []
        for depth, last, row in rows:
            del bars[depth:]
            out.append("".join(bars) + ("`- " if last else "|- ") + f"{row.pid} {row.state}")
            bars.append("   " if last else "|  ")

    def do_story(self, out, pid):
        out.append(self.pair(pid, pid)[0].story())

    def do_find(self, out, pid):
        found = self.table.find(int(pid))
        out.append("none" if found is None else repr(found))


def blocks(text):
    """Split a transcript: its opening comment, then (commands, expected) pairs."""
    head, _, rest = text.partition("\n\n")
    pairs = []
    for block in rest.strip("\n").split("\n\n"):
        commands, _, expected = block.partition("\n----")
        pairs.append((commands.split("\n"), expected.strip("\n").split("\n") if expected.strip("\n") else []))
    return head, pairs


def replay(path: Path):
    """Return the transcript's text as the table makes it now."""
    head, pairs = blocks(path.read_text())
    player = Transcript()
    parts = [head]
    for commands, _ in pairs:
        out = player.play([line.partition("#")[0] for line in commands if line.partition("#")[0].strip()])
        parts.append("\n".join([*commands, "----", *out]))
    assert all(isinstance(entry, Entry) for entry in player.entries.values())
    return "\n\n".join(parts) + "\n"
