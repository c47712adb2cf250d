"""Writes records of the core in the words of the transcripts."""

from wetware.raft.core import (
    APPEND_THREAD,
    APPLY_THREAD,
    NOBODY,
    Change,
    ChangeType,
    ConfChange,
    EntryType,
    MessageType,
    Role,
)
from wetware.raft.core.confchange import Misfit
from wetware.raft.core.tracker.progress import FlowState

MESSAGE_NAMES = {
    MessageType.HUP: "MsgHup",
    MessageType.BEAT: "MsgBeat",
    MessageType.PROP: "MsgProp",
    MessageType.APP: "MsgApp",
    MessageType.APP_RESP: "MsgAppResp",
    MessageType.VOTE: "MsgVote",
    MessageType.VOTE_RESP: "MsgVoteResp",
    MessageType.SNAP: "MsgSnap",
    MessageType.HEARTBEAT: "MsgHeartbeat",
    MessageType.HEARTBEAT_RESP: "MsgHeartbeatResp",
    MessageType.UNREACHABLE: "MsgUnreachable",
    MessageType.SNAP_STATUS: "MsgSnapStatus",
    MessageType.CHECK_QUORUM: "MsgCheckQuorum",
    MessageType.TRANSFER_LEADER: "MsgTransferLeader",
    MessageType.TIMEOUT_NOW: "MsgTimeoutNow",
    MessageType.READ_INDEX: "MsgReadIndex",
    MessageType.READ_INDEX_RESP: "MsgReadIndexResp",
    MessageType.PRE_VOTE: "MsgPreVote",
    MessageType.PRE_VOTE_RESP: "MsgPreVoteResp",
    MessageType.STORAGE_APPEND: "MsgStorageAppend",
    MessageType.STORAGE_APPEND_RESP: "MsgStorageAppendResp",
    MessageType.STORAGE_APPLY: "MsgStorageApply",
    MessageType.STORAGE_APPLY_RESP: "MsgStorageApplyResp",
    MessageType.FORGET_LEADER: "MsgForgetLeader",
}
ROLE_NAMES = {
    Role.FOLLOWER: "StateFollower",
    Role.CANDIDATE: "StateCandidate",
    Role.LEADER: "StateLeader",
    Role.PRE_CANDIDATE: "StatePreCandidate",
}
FLOW_NAMES = {
    FlowState.PROBE: "StateProbe",
    FlowState.REPLICATE: "StateReplicate",
    FlowState.SNAPSHOT: "StateSnapshot",
}
ENTRY_NAMES = {
    EntryType.NORMAL: "EntryNormal",
    EntryType.CONF_CHANGE: "EntryConfChange",
    EntryType.CONF_CHANGE_V2: "EntryConfChangeV2",
}
TARGET_NAMES = {NOBODY: "None", APPEND_THREAD: "AppendThread", APPLY_THREAD: "ApplyThread"}
CHANGE_LETTERS = {
    "v": ChangeType.ADD_VOTER,
    "l": ChangeType.ADD_LEARNER,
    "r": ChangeType.REMOVE,
    "u": ChangeType.UPDATE,
}
LETTERS = {kind: letter for letter, kind in CHANGE_LETTERS.items()}
MISFITS = {
    Misfit.NO_VOTER: "removed all voters",
    Misfit.MANY_VOTERS: "more than one voter changed without entering joint config",
    Misfit.NOT_JOINT: "can't leave a non-joint config",
    Misfit.NOTHING_TO_JOIN: "can't make a zero-voter config joint",
}


def target(node_id):
    return TARGET_NAMES.get(node_id) or f"{node_id:x}"


def quoted(data):
    text = data.decode("utf-8", "backslashreplace")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def entry(one):
    if one.type is EntryType.NORMAL:
        what = quoted(one.data)
    else:
        what = " ".join(f"{LETTERS[kind]}{node_id}" for kind, node_id in ConfChange.decode(one.data).changes)
    return f"{one.term}/{one.index} {ENTRY_NAMES[one.type]} {what}".rstrip()


def entries(several):
    return "".join(f"{entry(one)}\n" for one in several)


def id_list(ids):
    return "[" + " ".join(str(node_id) for node_id in ids) + "]"


def conf_state(state):
    return (
        f"Voters:{id_list(state.voters)} VotersOutgoing:{id_list(state.voters_outgoing)}"
        f" Learners:{id_list(state.learners)} LearnersNext:{id_list(state.learners_next)}"
        f" AutoLeave:{str(state.auto_leave).lower()}"
    )


def snapshot(one):
    return f"Index:{one.index} Term:{one.term} ConfState:{conf_state(one.conf_state)}"


def hard_state(state):
    vote = f" Vote:{state.vote}" if state.vote else ""
    return f"Term:{state.term}{vote} Commit:{state.commit}"


def message(one, indent=""):
    text = (
        f"{indent}{target(one.from_)}->{target(one.to)} {MESSAGE_NAMES[one.type]}"
        f" Term:{one.term} Log:{one.log_term}/{one.index}"
    )
    if one.reject:
        text += f" Rejected (Hint: {one.reject_hint})"
    if one.commit:
        text += f" Commit:{one.commit}"
    if one.vote:
        text += f" Vote:{one.vote}"
    if len(one.entries) == 1:
        text += f" Entries:[{entry(one.entries[0])}]"
    elif one.entries:
        lines = "".join(f"\n{indent}  {entry(item)}" for item in one.entries)
        text += f" Entries:[{lines}\n{indent}]"
    if one.snapshot is not None:
        text += f"\n{indent}  Snapshot: {snapshot(one.snapshot)}"
    if one.responses:
        lines = "".join(f"\n{message(item, indent + '  ')}" for item in one.responses)
        text += f" Responses:[{lines}\n{indent}]"
    return text


def ready(one):
    text = ""
    if one.soft_state is not None:
        text += f"Lead:{one.soft_state.lead} State:{ROLE_NAMES[one.soft_state.role]}\n"
    if one.hard_state is not None:
        text += f"HardState {hard_state(one.hard_state)}\n"
    if one.read_states:
        states = " ".join(f"{{{state.index} {list(state.context)}}}" for state in one.read_states)
        text += f"ReadStates [{states}]\n"
    if one.entries:
        text += f"Entries:\n{entries(one.entries)}"
    if one.snapshot is not None:
        text += f"Snapshot {snapshot(one.snapshot)}\n"
    if one.committed:
        text += f"CommittedEntries:\n{entries(one.committed)}"
    if one.messages:
        text += "Messages:\n" + "".join(f"{message(item)}\n" for item in one.messages)
    return f"Ready MustSync={str(one.must_sync).lower()}:\n{text}" if text else "<empty Ready>"


def progress(status):
    text = f"{FLOW_NAMES[status.state]} match={status.match} next={status.next}"
    if status.learner:
        text += " learner"
    if status.paused:
        text += " paused"
    if status.pending_snapshot:
        text += f" pendingSnap={status.pending_snapshot}"
    if not status.active:
        text += " inactive"
    if status.inflight:
        text += f" inflight={status.inflight}" + ("[full]" if status.inflight_full else "")
    return text


def progress_map(progresses):
    return "".join(f"{node_id}: {progress(status)}\n" for node_id, status in progresses.items())


def membership(members):
    def half(ids):
        return "(" + " ".join(str(node_id) for node_id in sorted(ids)) + ")"

    text = f"voters={half(members.voters)}"
    if members.outgoing:
        text += f"&&{half(members.outgoing)}"
    if members.learners:
        text += f" learners={half(members.learners)}"
    if members.learners_next:
        text += f" learners_next={half(members.learners_next)}"
    return text + (" autoleave" if members.auto_leave else "")


def changes(text):
    """Read changes such as `v1 l2 r3 u4`; what is wrong with them, if anything is."""
    read = []
    for word in text.split():
        if len(word) < 2:
            return f"unknown token {word}"
        if word[0] not in CHANGE_LETTERS:
            return f"unknown input: {word}"
        if not word[1:].isdecimal():
            return f'strconv.ParseUint: parsing "{word[1:]}": invalid syntax'
        read.append(Change(CHANGE_LETTERS[word[0]], int(word[1:])))
    return tuple(read)
