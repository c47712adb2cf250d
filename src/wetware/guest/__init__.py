"""The SDK that runs inside a guest: `from wetware.guest import connect`."""

from __future__ import annotations

from wetware.guest.process import Ended, Output, Process
from wetware.guest.session import Host, NotGrantedError, connect

__all__ = ["Ended", "Host", "NotGrantedError", "Output", "Process", "connect"]
