"""Who may log in, and what each account gets.

A configuration file (TOML):

    [login]
    policy = "only"                 # "allow": everybody; "only": the accounts below; "deny": nobody
    grant = ["view"]                # what an account gets that does not say otherwise
    limits = { processes = 20 }     # and what its processes may use

    [accounts."12D3KooW…"]
    grant = ["view", "exec"]        # or "all"
    limits = { memory = 1_073_741_824, deadline = 3600 }    # bytes, seconds

    [accounts."12D3KooX…"]
    deny = true

Rules that hold here:

1. Deny by default: without a `[login]` table nobody is let in, without a `grant` an account gets nothing
   (test_nothing_said_is_nothing_given).
2. What is not understood is an error, never ignored: a misspelt word must not open a door
   (test_what_is_not_understood).
3. `deny` wins over everything, and `policy = "deny"` over every account (test_deny_wins).
4. What a grant names are the session's fields (`view`, `exec`, `capStore`) and its extras by name.
5. A limit that an account does not name is `[login]`'s, and one that is not there either has a finite default
   where running without one would harm others (test_limits).

The named tests are in `tests/cluster/test_policy.py`.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from wetware.cluster.identity import PeerId
from wetware.errors import LocalError, RemoteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["AccountLimits", "Grant", "LoginDeniedError", "Policy"]

_RULES: Final = ("allow", "only", "deny")


class LoginDeniedError(RemoteError):
    """The account is who it says, and the policy does not let it in."""


@dataclass(frozen=True, slots=True)
class AccountLimits:
    """What an account may use of a node through its sessions: how many processes, and each of them how much.

    Attributes:
        processes: live processes at one time, those that its processes spawn included; None is no limit.
        memory: bytes; None is the default of a process (256 MiB), for this and the next two.
        children: live children at one time.
        descriptors: open descriptors at one time.
        deadline: seconds from the spawn; None is no limit, for this and the next two.
        cpu: seconds of processor time.
        output: bytes written.
    """

    processes: int | None = 1000
    memory: int | None = None
    children: int | None = None
    descriptors: int | None = None
    deadline: float | None = None
    cpu: float | None = None
    output: int | None = None


_SECONDS: Final = {"deadline", "cpu"}


@dataclass(frozen=True, slots=True)
class Grant:
    """The capabilities that an account gets.

    Attributes:
        names: fields of the session, and names of extras.
        everything: whether it gets all that there is.
        limits: what its processes may use.
    """

    names: frozenset[str] = frozenset()
    everything: bool = False
    limits: AccountLimits = AccountLimits()

    def __contains__(self, name: str) -> bool:
        return self.everything or name in self.names


@dataclass(frozen=True, slots=True)
class Policy:
    """Decides on logins.

    Attributes:
        rule: `allow`, `only` or `deny`.
        default: what an account gets that has no grant of its own.
        accounts: the accounts that have something of their own; None for one that is denied.
    """

    rule: Literal["allow", "only", "deny"] = "deny"
    default: Grant = Grant()
    accounts: Mapping[PeerId, Grant | None] = field(default_factory=dict)

    @classmethod
    def allow_all(cls) -> Policy:
        """Let everybody in and give everything, and as many processes as the node has room for."""
        return cls("allow", Grant(everything=True, limits=AccountLimits(processes=None)))

    @classmethod
    def only(cls, accounts: Iterable[PeerId], grant: Grant) -> Policy:
        """Let these accounts in, each with the same grant."""
        return cls("only", Grant(), dict.fromkeys(accounts, grant))

    @classmethod
    def parse(cls, text: str) -> Policy:
        """Read a policy from TOML.

        Raises:
            LocalError: something in it is not understood; the message says where.
        """
        try:
            tree = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise LocalError(f"the policy is no TOML: {error}") from None
        _known("the policy", tree, {"login", "accounts"})
        login = _table("login", tree.get("login", {}))
        _known("[login]", login, {"policy", "grant", "limits"})
        rule = login.get("policy", "deny")
        if rule not in _RULES:
            raise LocalError(f"[login] has a policy of {rule!r}: it is one of {', '.join(_RULES)}")
        limits = _limits("[login]", login.get("limits", {}), AccountLimits())
        default = replace(_grant("[login]", login.get("grant", [])), limits=limits)
        accounts: dict[PeerId, Grant | None] = {}
        for name, entry in _table("accounts", tree.get("accounts", {})).items():
            where = f"[accounts.{name[:60]!r}]"
            try:
                account = PeerId.parse(name)
            except LocalError as error:
                raise LocalError(f"{where}: {error}") from None
            _known(where, _table(where, entry), {"grant", "limits", "deny"})
            deny = entry.get("deny", False)
            if not isinstance(deny, bool):
                raise LocalError(f"{where}: deny is true or false")
            grant = _grant(where, entry["grant"]) if "grant" in entry else default
            limits = _limits(where, entry.get("limits", {}), default.limits)
            accounts[account] = None if deny else replace(grant, limits=limits)
        return cls(rule, default, accounts)

    def decide(self, account: PeerId) -> Grant:
        """What an account gets.

        Raises:
            LoginDeniedError: it is not let in.
        """
        grant = self.accounts.get(account, self.default if self.rule == "allow" else None)
        if self.rule == "deny" or grant is None:
            raise LoginDeniedError(f"the account {account} may not log in here: ask who runs this node")
        return grant


def _table(where: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise LocalError(f"{where} is to be a table")
    return value


def _known(where: str, table: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise LocalError(
            f"{where} has {unknown[0][:60]!r}, which is unknown: there are {', '.join(sorted(known))}"
        )


def _limits(where: str, value: Any, base: AccountLimits) -> AccountLimits:
    where = f"limits of {where}"
    _known(where, _table(where, value), {field.name for field in fields(AccountLimits)})
    for name, most in value.items():
        if name in _SECONDS:
            if type(most) not in (int, float) or not 0 <= most < math.inf:
                raise LocalError(f"{where}: {name} is a number of seconds, 0 or more, and not {most!r}")
        elif type(most) is not int or most < 0:
            what = "bytes, a whole number" if name in ("memory", "output") else "a whole number"
            raise LocalError(f"{where}: {name} is {what}, 0 or more, and not {most!r}")
    return replace(base, **value)


def _grant(where: str, value: Any) -> Grant:
    if value == "all":
        return Grant(everything=True)
    if not isinstance(value, list) or not all(isinstance(name, str) and name for name in value):
        raise LocalError(f'{where}: a grant is "all" or a list of names')
    if "all" in value:
        raise LocalError(f'{where}: "all" stands alone, not in a list')
    return Grant(frozenset(value))
