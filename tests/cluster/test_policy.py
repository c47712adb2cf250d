"""Who may log in, and what each account gets."""

import pytest

from wetware.cluster.identity import NodeKey
from wetware.cluster.policy import AccountLimits, Grant, LoginDeniedError, Policy
from wetware.errors import LocalError

A, B, C = (NodeKey(bytes([n]) * 32).peer for n in (1, 2, 3))


def test_only_the_accounts_named():
    policy = Policy.parse(f"""
        [login]
        policy = "only"
        grant = ["view"]
        [accounts."{A}"]
        grant = ["view", "exec", "my-extra"]
        [accounts."{B}"]
    """)
    assert {"view", "exec", "my-extra"} <= policy.decide(A).names
    assert "capStore" not in policy.decide(A)
    assert policy.decide(B) == Grant(frozenset({"view"}))
    with pytest.raises(LoginDeniedError, match=str(C)):
        policy.decide(C)


def test_everybody():
    policy = Policy.parse(f"""
        [login]
        policy = "allow"
        grant = "all"
        [accounts."{A}"]
        deny = true
        [accounts."{B}"]
        grant = []
    """)
    assert "anything" in policy.decide(C)
    assert policy.decide(B) == Grant()
    with pytest.raises(LoginDeniedError):
        policy.decide(A)
    assert "exec" in Policy.allow_all().decide(A)
    assert "exec" in Policy.only([A], Grant(frozenset({"exec"}))).decide(A)


def test_nothing_said_is_nothing_given():
    for text in ("", "[login]", f'[accounts."{A}"]\ngrant = "all"'):
        with pytest.raises(LoginDeniedError):
            Policy.parse(text).decide(A)
    assert Policy.parse('[login]\npolicy = "allow"').decide(A) == Grant()
    with pytest.raises(LoginDeniedError):
        Policy().decide(A)


def test_deny_wins():
    policy = Policy.parse(f'[login]\npolicy = "deny"\ngrant = "all"\n[accounts."{A}"]\ngrant = "all"')
    with pytest.raises(LoginDeniedError):
        policy.decide(A)
    policy = Policy.parse(f'[login]\npolicy = "allow"\n[accounts."{A}"]\ngrant = "all"\ndeny = true')
    with pytest.raises(LoginDeniedError):
        policy.decide(A)


def test_limits():
    """Of an account its own, else those of [login], else what does no harm."""
    policy = Policy.parse(f"""
        [login]
        policy = "allow"
        limits = {{ processes = 20, deadline = 1.5 }}
        [accounts."{A}"]
        limits = {{ memory = 1_073_741_824, deadline = 3600, processes = 0 }}
        [accounts."{B}"]
        grant = "all"
    """)
    assert policy.decide(A).limits == AccountLimits(processes=0, memory=1 << 30, deadline=3600)
    assert policy.decide(B).limits == AccountLimits(processes=20, deadline=1.5)
    assert policy.decide(B).everything
    assert policy.decide(C).limits == policy.decide(B).limits
    unsaid = Policy.parse('[login]\npolicy = "allow"').decide(A).limits
    assert unsaid.processes == 1000
    assert Policy.allow_all().decide(A).limits.processes is None


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[logins]",
        '[login]\npolicy = "allow-all"',
        "[login]\npolicy = true",
        "[login]\nallow = true",
        '[login]\ngrant = "view"',
        "[login]\ngrant = [1]",
        '[login]\ngrant = [""]',
        '[login]\ngrant = ["view", "all"]',
        "login = 1",
        "accounts = []",
        '[accounts."12D3KooW"]',
        f'[accounts."{A}"]\ngrants = []',
        f'[accounts."{A}"]\ndeny = "yes"',
        f'[accounts]\n"{A}" = 1',
        "[login]\nlimits = 1",
        "[login]\nlimits = { fuel = 1 }",
        '[login]\nlimits = { memory = "64MiB" }',
        "[login]\nlimits = { memory = -1 }",
        "[login]\nlimits = { memory = 1.5 }",
        "[login]\nlimits = { processes = true }",
        "[login]\nlimits = { deadline = inf }",
        "[login]\nlimits = { cpu = nan }",
        "[login]\nlimits = { cpu = true }",
        f'[accounts."{A}"]\nlimits = {{ deadline = -1 }}',
        "a = " + "[" * 5000,
    ],
)
def test_what_is_not_understood(text):
    with pytest.raises(LocalError):
        Policy.parse(text)
