"""A second process table, as naive as can be: flat lists, every question answered by looking through all of
them.

It shares no code with the real one, not even the reasons: here they are tuples. A process is a number, that
of its spawn, never used again; INIT is -1. `step` returns what the table has to answer: a list of
instructions as tuples, or the set of refusals of which it must give one.
"""

INIT = -1
MAX_PID = 2**32 - 1


class Process:
    def __init__(self, number, pid, ppid, parent, hung, max_children):
        self.number, self.pid, self.ppid = number, pid, ppid
        self.parent = parent  # whom it hangs below
        self.hung = hung  # when it was hung there
        self.max_children = max_children
        self.stage = "starting"  # up, stopping (told to stop), stopped (not yet released), gone
        self.why = None
        # pause: what was asked, who does it
        self.wanted = self.handler = self.asked_guest = self.held = False
        self.wanted_by_force = False


class Model:
    def __init__(self, max_processes, max_children, max_links, max_monitors, max_waits):
        self.max_processes, self.max_children, self.max_links = max_processes, max_children, max_links
        self.max_monitors, self.max_waits = max_monitors, max_waits
        self.processes = []
        self.next_pid = 2
        self.shut = False
        self.moments = 0
        self.links = []  # [a, b], in the order of their making
        self.far = []  # [process, peer]
        self.waits = []  # [process, token]
        self.monitors = []

    # --- questions -----------------------------------------------------------------------------------

    def here(self):
        return [p for p in self.processes if p.stage != "gone"]

    def by_pid(self, pid):
        for p in self.here():
            if p.pid == pid:
                return p
        return None

    def children(self, number):
        return sorted((p for p in self.here() if p.parent == number), key=lambda p: p.hung)

    def live(self, number):
        return number == INIT or self.processes[number].stage in ("starting", "up")

    def lineage(self, number):
        path = []
        while number != INIT:
            path.append(self.processes[number])
            number = self.processes[number].parent
        return path

    def neighbours(self, number):
        return [b if a == number else a for a, b in self.links if number in (a, b)]

    def peers(self, number):
        return [peer for n, peer in self.far if n == number]

    def full(self, number):
        return len(self.neighbours(number)) + len(self.peers(number)) >= self.max_links

    def shown(self, p):
        if p.stage == "up":
            return "paused" if p.wanted else "alive"
        return {"starting": "starting", "stopping": "ending", "stopped": "ending", "gone": "exited"}[p.stage]

    def listing(self):
        rows = sorted(self.here(), key=lambda p: p.pid)
        return [(p.pid, p.ppid, self.shown(p), p.why, p.stage == "up" and p.held, p.number) for p in rows]

    def tree(self, number=INIT, depth=0):
        rows = []
        for p in self.children(number):
            rows += [(depth, p.number), *self.tree(p.number, depth + 1)]
        return rows

    # --- what happens --------------------------------------------------------------------------------

    def step(self, name, *args):
        return getattr(self, name)(*args)

    def moment(self):
        self.moments += 1
        return self.moments

    def spawn(self, ppid, by, link_to, monitors, max_children):
        found = None if ppid == 1 else self.by_pid(ppid)
        parent = (
            INIT if ppid == 1 or (found is None and by is None) else by if found is None else found.number
        )
        refusals = set()
        if self.shut:
            refusals.add("closed")
        if by is not None and not self.live(by):
            refusals.add("ending")
        if parent != INIT and any(p.stage in ("stopping", "stopped", "gone") for p in self.lineage(parent)):
            refusals.add("ending")
        if link_to == INIT:
            refusals.add("init")
        elif link_to is not None:
            if not self.live(link_to):
                refusals.add("ending")
            elif self.full(link_to):
                refusals.add("links")
        if len(self.here()) >= self.max_processes:
            refusals.add("processes")
        if parent != INIT and len(self.children(parent)) >= self.processes[parent].max_children:
            refusals.add("children")
        if len(monitors) > self.max_monitors:
            refusals.add("monitors")
        if refusals:
            return refusals
        pid = self.next_pid
        while pid < 2 or pid > MAX_PID or self.by_pid(pid):
            pid = pid + 1 if pid < MAX_PID else 0
        self.next_pid = pid + 1
        number = len(self.processes)
        ppid = 1 if parent == INIT else self.processes[parent].pid
        limit = self.max_children if max_children is None else max_children
        self.processes.append(Process(number, pid, ppid, parent, self.moment(), limit))
        if link_to is not None:
            self.links.append([number, link_to])
        self.monitors += [[number, token] for token in monitors]
        return [("start", number)]

    def started(self, number):
        p = self.processes[number]
        if p.stage == "stopping":
            return []
        if p.stage != "starting":
            return {"internal"}
        p.stage = "up"
        if not p.wanted:
            return []
        p.wanted = False
        return self.pause(number, p.wanted_by_force, None)

    def end(self, number, why):
        p = self.processes[number]
        if not self.live(number):
            return []
        p.stage, p.why = "stopping", why
        return [("stop", number, why)]

    def kill(self, number, why, by):
        if by is not None and not self.live(by):
            return []
        return {"init"} if number == INIT else self.end(number, why)

    def shutdown(self):
        self.shut = True
        out = []
        for p in sorted(self.here(), key=lambda p: p.pid):
            out += self.end(p.number, ("shutdown",))
        return out

    def stopped(self, number, why):
        p = self.processes[number]
        if p.stage in ("stopped", "gone"):
            return {"internal"}
        if p.stage != "stopping":
            p.why = why
        p.stage = "stopped"
        return [("release", number)]

    def signal(self, number):
        p = self.processes[number]
        if p.why[0] == "linked":
            return ("linked", p.why[1], p.pid, p.why[3])
        return ("linked", p.pid, p.pid, False)

    def released(self, number):
        p = self.processes[number]
        if p.stage != "stopped":
            return {"internal"}
        p.stage = "gone"
        out = [("answer", token, p.why) for n, token in self.waits if n == number]
        out += [("notify", token, p.why) for n, token in self.monitors if n == number]
        self.waits = [w for w in self.waits if w[0] != number]
        self.monitors = [m for m in self.monitors if m[0] != number]
        for other in self.neighbours(number):
            out += self.end(other, self.signal(number))
        self.links = [pair for pair in self.links if number not in pair]
        out += [("tell", number, peer, p.why) for peer in self.peers(number)]
        self.far = [half for half in self.far if half[0] != number]
        for child in self.children(number):
            child.parent, child.hung = INIT, self.moment()
            out += self.end(child.number, ("killed", p.pid))
        return out

    # --- pause ---------------------------------------------------------------------------------------

    def pause(self, number, force, by):
        if by is not None and not self.live(by):
            return []
        if number == INIT:
            return {"init"}
        p = self.processes[number]
        if p.stage == "starting":
            p.wanted_by_force = force or (p.wanted and p.wanted_by_force)
            p.wanted = True
        if p.stage != "up":
            return []
        already, p.wanted = p.wanted, True
        if not already and p.handler and not force:
            p.asked_guest = True
            return [("ask pause", number)]
        if p.held or (already and not force):
            return []
        p.held = True
        return [("suspend", number)]

    def resume(self, number, by):
        if by is not None and not self.live(by):
            return []
        if number == INIT:
            return {"init"}
        p = self.processes[number]
        if p.stage not in ("starting", "up"):
            return []
        out = [("continue", number)] if p.held else []
        out += [("ask resume", number)] if p.asked_guest else []
        p.wanted = p.held = p.asked_guest = False
        return out

    def registered(self, number, present):
        p = self.processes[number]
        if not self.live(number):
            return []
        p.handler = present
        if present or not p.asked_guest:
            return []
        p.asked_guest = False
        out = [] if p.held else [("suspend", number)]
        p.held = True
        return out

    # --- links ---------------------------------------------------------------------------------------

    def gone(self, number):
        return self.processes[number].stage == "gone"

    def link(self, a, b, by):
        if by is not None and not self.live(by):
            return []
        if INIT in (a, b):
            return {"init"}
        if a == b or (self.gone(a) and self.gone(b)):
            return []
        if self.gone(a):
            return self.end(b, self.signal(a))
        if self.gone(b):
            return self.end(a, self.signal(b))
        if b in self.neighbours(a):
            return []
        if self.full(a) or self.full(b):
            return {"links"}
        self.links.append([a, b])
        return []

    def unlink(self, a, b, by):
        if by is None or self.live(by):
            self.links = [pair for pair in self.links if pair not in ([a, b], [b, a])]
        return []

    def link_far(self, number, peer, by):
        if by is not None and not self.live(by):
            return []
        if number == INIT:
            return {"init"}
        if self.gone(number):
            return [("tell", number, peer, self.processes[number].why)]
        if peer in self.peers(number):
            return []
        if self.full(number):
            return {"links"}
        self.far.append([number, peer])
        return []

    def unlink_far(self, number, peer, by):
        if by is None or self.live(by):
            self.far = [half for half in self.far if half != [number, peer]]
        return []

    def far_ended(self, peer, why):
        named = why[0] == "linked" and isinstance(why[1], str)
        lost = why[0] == "node-lost" or (why[0] == "linked" and why[3])
        out = []
        for number in [n for n, other in self.far if other == peer]:
            out += self.end(number, ("linked", why[1] if named else peer, peer, lost))
        self.far = [half for half in self.far if half[1] != peer]
        return out

    # --- those who wait ------------------------------------------------------------------------------

    def wait(self, number, token):
        return self.watch(self.waits, "answer", "waits", self.max_waits, number, token)

    def monitor(self, number, token):
        return self.watch(self.monitors, "notify", "monitors", self.max_monitors, number, token)

    def watch(self, held, answer, limit, allowed, number, token):
        if number == INIT:
            return {"init"}
        if self.gone(number):
            return [(answer, token, self.processes[number].why)]
        refusals = set()
        if [number, token] in held:
            refusals.add("internal")
        if len([w for w in held if w[0] == number]) >= allowed:
            refusals.add(limit)
        if not refusals:
            held.append([number, token])
        return refusals or []

    def cancel_wait(self, number, token):
        self.waits = [w for w in self.waits if w != [number, token]]
        return []

    def cancel_monitor(self, number, token):
        self.monitors = [m for m in self.monitors if m != [number, token]]
        return []
