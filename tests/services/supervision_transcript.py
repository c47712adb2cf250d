"""Replays what a supervisor is told, and what it decides.

A transcript is a paragraph of `#` lines, then blocks: commands, `----`, one line for what comes of each. The
commands:

    supervise STRATEGY [KIND:]NAME... [intensity=N] [period=S] [first=S] [most=S] [steady=S]
    begin                   up NAME [NAME...]             they run
    at T                    the time is T                 down NAME [normal]    it has ended
    stop                    stop everything

WW_REWRITE=1 writes the expectations anew.
"""

from wetware.services.supervision import Backoff, Finished, GaveUp, Start, Stop, Supervision

_BACKOFF = ("first", "most", "steady")


class Player:
    def __init__(self):
        self.now = 0.0

    def play(self, line):
        name, *words = line.split()
        out = getattr(self, "do_" + name)(*words)
        text = [self.told(instruction) for instruction in out]
        if (at := self.core.wakes_at) is not None:
            text.append(f"(wakes at {at:g})")
        return "; ".join(text) or "ok"

    @staticmethod
    def told(instruction):
        match instruction:
            case Start(name):
                return f"start {name}"
            case Stop(name):
                return f"stop {name}"
            case Finished():
                return "finished"
            case GaveUp(why):
                return f"gave up: {why}"

    def do_supervise(self, strategy, *words):
        self.now = 0.0
        options = dict(word.split("=") for word in words if "=" in word)
        kinds = [word.rpartition(":")[::2] for word in words if "=" not in word]
        backoff = Backoff(**{key: float(options.pop(key)) for key in _BACKOFF if key in options})
        self.core = Supervision(
            {name: kind or "permanent" for kind, name in kinds},
            strategy=strategy,
            backoff=backoff,
            **{key: (int if key == "intensity" else float)(value) for key, value in options.items()},
        )
        return []

    def do_begin(self):
        return self.core.begin(self.now)

    def do_at(self, time):
        self.now = float(time)
        return self.core.advance(self.now)

    def do_up(self, *names):
        return [instruction for name in names for instruction in self.core.started(name, self.now)]

    def do_down(self, name, how=""):
        return self.core.ended(name, self.now, normal=how == "normal", why="ended")

    def do_stop(self):
        return self.core.stop(self.now)


def replay(path):
    """The transcript as it is played now."""
    player, out = Player(), []
    for block in path.read_text().split("\n\n"):
        lines = block.strip("\n").split("\n")
        commands = lines[: lines.index("----")] if "----" in lines else lines
        if all(line.startswith("#") for line in commands):
            out.append("\n".join(commands))
            continue
        told = [line if line.startswith("#") else player.play(line) for line in commands]
        out.append("\n".join([*commands, "----", *(t for t in told if not t.startswith("#"))]))
    return "\n\n".join(out) + "\n"
