"""What the tests of this room are made with, for use in others' tests too.

`simulate` runs a cluster from a seed; `SimulatedDisk` stands in for a file system under a log; `check` says
whether a history of operations is linearizable.
"""

from wetware.raft.testing.disk import CrashedError, SimulatedDisk
from wetware.raft.testing.linearizability import Model, Operation, Register, Violation, check, check_register
from wetware.raft.testing.options import Options
from wetware.raft.testing.simulation import Result, Simulation, SimulationFailure, simulate

__all__ = [
    "CrashedError",
    "Model",
    "Operation",
    "Options",
    "Register",
    "Result",
    "SimulatedDisk",
    "Simulation",
    "SimulationFailure",
    "Violation",
    "check",
    "check_register",
    "simulate",
]
