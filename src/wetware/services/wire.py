"""What processes are made of, in the form of their schema, and back."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, get_args

from wetware.errors import LimitError, LocalError
from wetware.process.reasons import Exited, Killed, Limit, Linked, NodeLost, Shutdown, Trapped
from wetware.process.states import Shown
from wetware.schema.core_capnp import SpawnRequest_Channel, SpawnRequest_Input, SpawnRequest_Output
from wetware.schema.process_capnp import State
from wetware.services.process import ProcessInfo
from wetware.wasm.cid import Cid
from wetware.wasm.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wetware.cluster.policy import AccountLimits
    from wetware.process.reasons import ExitReason
    from wetware.schema.core_capnp import Limits as WireLimits
    from wetware.schema.core_capnp import SpawnRequest
    from wetware.schema.process_capnp import ExitReason as WireReason
    from wetware.schema.process_capnp import ExitReason_Fields, Info_Fields
    from wetware.schema.process_capnp import Info as WireInfo

__all__ = ["info_fields", "info_of", "limits_of", "most_of", "reason_fields", "reason_of", "request_of"]

MAX_TEXT: Final = 1000
"""Characters of a text that are believed to be worth keeping."""

_STATES: Final[tuple[Shown, ...]] = get_args(Shown)  # in the order of the schema's `State`

_CHANNELS: Final = {
    SpawnRequest_Channel.AUTOMATIC: "auto",
    SpawnRequest_Channel.STREAM: "stream",
    SpawnRequest_Channel.LISTENER: "listener",
    SpawnRequest_Channel.NONE: "none",
}


def reason_fields(reason: ExitReason) -> ExitReason_Fields:
    """The fields of a `process.capnp:ExitReason`."""
    match reason:
        case Exited(code):
            return {"exited": code}
        case Killed(by):
            return {"killed": by or 0}
        case Shutdown():
            return {"shutdown": True}
        case Linked(origin, via, lost):
            return {"linked": {"origin": str(origin), "via": str(via), "lost": lost}}
        case Limit(which, used, allowed, then):
            return {"limit": {"which_": which, "used": used or 0.0, "allowed": allowed or 0.0, "then": then}}
        case Trapped(message):
            return {"trapped": message}
        case NodeLost(node):
            return {"node_lost": node}
    raise TypeError(f"no exit reason: {reason!r}")


def reason_of(wire: WireReason, node: str) -> ExitReason:
    """What a node (its peer id, if it has one) says of an end; a kind that is unknown here is `Killed`."""
    match wire.which:
        case "exited":
            return Exited(wire.exited)
        case "shutdown":
            return Shutdown()
        case "linked":
            linked = wire.linked
            return Linked(_name(linked.origin, node), _name(linked.via, node), linked.lost)
        case "limit":
            limit = wire.limit
            return Limit(_text(limit.which_), limit.used or None, limit.allowed or None, _text(limit.then))
        case "trapped":
            return Trapped(_text(wire.trapped))
        case "node_lost":
            return NodeLost(_text(wire.node_lost))
        case "killed":
            return Killed(wire.killed or None)
    return Killed()


def _name(said: str, node: str) -> str:
    """A process by the name that it has everywhere."""
    text = _text(said)
    return f"{text}@{node}" if node and "@" not in text else text


def _text(said: str) -> str:
    """What a peer says, short and printable."""
    return "".join(c if c.isprintable() else " " for c in said[:MAX_TEXT])


def info_of(wire: WireInfo) -> ProcessInfo:
    """What another node says of a process."""
    node = _text(wire.node)
    return ProcessInfo(
        pid=wire.pid,
        ppid=wire.ppid,
        cid=Cid(bytes(wire.cid)),
        name=wire.name,
        args=tuple(wire.argv),
        state=_STATES[wire.state] if wire.state < len(_STATES) else "running",
        created=wire.time / 1000,
        cpu=wire.cpu,
        memory=wire.memory,
        output=wire.output,
        reason=reason_of(wire.reason, node) if wire.has_reason else None,
        node=node,
    )


def info_fields(info: ProcessInfo, node: str = "") -> Info_Fields:
    """The fields of a `process.capnp:Info`."""
    fields: Info_Fields = {
        "pid": info.pid,
        "ppid": info.ppid,
        "cid": info.cid.binary,
        "argv": list(info.args),
        "time": int(info.created * 1000),
        "state": State[info.state.upper()],
        "name": info.name,
        "cpu": info.cpu,
        "memory": info.memory,
        "output": info.output,
        "node": node or info.node,
    }
    if info.reason is not None:
        fields["reason"] = reason_fields(info.reason)
    return fields


def most_of(account: AccountLimits) -> Limits:
    """The most that a process of an account may use."""
    return Limits(
        **{
            limit.name: getattr(DEFAULT, limit.name) if most is None else most
            for limit in fields(Limits)
            for most in [getattr(account, limit.name)]
        }
    )


def limits_of(asked: WireLimits, allowed: Limits, *, tell: bool = False) -> Limits:
    """The limits of a process that asks for these; 0 is the default.

    Args:
        asked: what its spawner wants.
        allowed: what it may have at most: its spawner's own, or what an account is allowed.
        tell: whether asking for more is refused, and not lowered in silence.

    Raises:
        LimitError: it is refused.
    """
    for name in (limit.name for limit in fields(Limits)) if tell else ():
        wanted, most = getattr(asked, name), getattr(allowed, name)
        if most is not None and wanted > most:
            raise LimitError(
                f"a process that is spawned from elsewhere gets a limit of {most} on {name} at most, "
                f"and not {wanted}; the node's policy says how much an account may have",
                limit=name,
                used=wanted,
                allowed=most,
            )

    def finite(name: str) -> int:
        return int(min(getattr(asked, name) or getattr(DEFAULT, name), getattr(allowed, name)))

    def optional(name: str) -> Any:
        wanted, most = getattr(asked, name) or None, getattr(allowed, name)
        if wanted is None or most is None:
            return most if wanted is None else wanted
        return min(wanted, most)

    return Limits(
        memory=finite("memory"),
        children=finite("children"),
        descriptors=finite("descriptors"),
        deadline=optional("deadline"),
        cpu=optional("cpu"),
        output=optional("output"),
    )


def request_of(request: SpawnRequest, inherited: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """What `Executor.spawn` is to be called with. Raises `LocalError` for a value that is none."""
    content = bytes(request.stdin_content)
    stdin = {SpawnRequest_Input.PIPE: "pipe", SpawnRequest_Input.CONTENT: content}.get(
        request.stdin, "closed"
    )

    def output(asked: SpawnRequest_Output, name: str) -> Any:
        if asked == SpawnRequest_Output.CAPTURE:
            return "capture"
        if asked == SpawnRequest_Output.PIPE:
            if request.detached:
                raise LocalError("a detached process has no reader to wait for; have its output captured")
            return "pipe"
        return inherited[name] if asked == SpawnRequest_Output.INHERIT else "null"

    return {
        "name": request.name,
        "args": list(request.args),
        "env": {variable.name: variable.value for variable in request.env},
        "stdin": stdin,
        "stdout": output(request.stdout, "stdout"),
        "stderr": output(request.stderr, "stderr"),
        "limits": limits,
        "channel": _CHANNELS.get(request.channel, "auto"),
    }
