"""What the durable log costs: a step of one entry, of many, and reading it all again after a restart.

    python benchmarks/raft_log.py [--json FILE] [--directory DIR] [--seconds S] [--entries N]

Every step is on the disk before it counts (one write, one fdatasync, one mark). Beside it stands what the
disk takes for the same bytes, once into reserved space and once growing the file: the rest is the log's own.
"""

import argparse
import gc
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from wetware.raft.core import ConfState, Entry, HardState, Snapshot
from wetware.raft.log import DurableLog, LogConfig

PAYLOAD = b"x" * 100


def quantiles(times):
    times = sorted(times)
    return {
        "p50_us": round(statistics.median(times) * 1e6, 1),
        "p99_us": round(times[min(len(times) - 1, len(times) * 99 // 100)] * 1e6, 1),
    }


def floor(directory, size, seconds, *, reserved):
    """Write and sync alone, for the bytes of one step."""
    fd = os.open(directory / "floor", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    if reserved and hasattr(os, "posix_fallocate"):
        os.posix_fallocate(fd, 0, 64 << 20)
        os.fsync(fd)
    data, offset, times = bytes(size), 0, []
    end = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < end:
        os.pwrite(fd, data, offset)
        os.fdatasync(fd)
        times.append(time.perf_counter() - begun)
        offset += size
    os.close(fd)
    (directory / "floor").unlink()
    name = f"disk alone, {size} B, {'reserved' if reserved else 'growing'}"
    return {"what": name, "steps_per_s": round(len(times) / sum(times)), **quantiles(times)}


def append(directory, batch, seconds):
    """Steps of `batch` entries with a hard state each, as a node under load makes them."""
    times = []
    with DurableLog.open(directory / f"append{batch}") as log:
        log.save(snapshot=Snapshot.founding([1, 2, 3]))
        index = log.last_index()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            entries = [Entry(1, index + n, data=PAYLOAD) for n in range(1, batch + 1)]
            begun = time.perf_counter()
            log.save(HardState(1, 1, index), entries)
            times.append(time.perf_counter() - begun)
            index += batch
    return {
        "what": f"append, {batch} of {len(PAYLOAD)} B a step",
        "steps_per_s": round(len(times) / sum(times)),
        "entries_per_s": round(batch * len(times) / sum(times)),
        **quantiles(times),
    }


def recover(directory, count):
    """A log of many entries, written, closed, and opened again; then all of it read, and compacted."""
    where = directory / "recover"
    with DurableLog.open(where) as log:
        log.save(snapshot=Snapshot.founding([1, 2, 3]))
        for first in range(2, count + 2, 500):
            last = min(first + 500, count + 2)
            log.save(HardState(1, 1, first - 1), [Entry(1, n, data=PAYLOAD) for n in range(first, last)])
    gc.collect()
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        log = DurableLog.open(where, LogConfig())
        times.append(time.perf_counter() - begun)
        assert log.last_index() == count + 1
        if len(times) < 3:
            log.close()
    begun = time.perf_counter()
    index = log.first_index()
    while index <= log.last_index():
        index += len(log.entries(index, log.last_index() + 1, 1 << 20))
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    log.create_snapshot(count, ConfState((1, 2, 3)), b"s" * (1 << 20))
    log.compact(count)
    compaction = time.perf_counter() - begun
    log.close()
    return [
        {"what": f"open a log of {count:,} entries", "seconds": round(min(times), 3)},
        {"what": "read all of them from the disk, checked", "seconds": round(read, 3)},
        {"what": "snapshot of 1 MiB, and compaction", "seconds": round(compaction, 4)},
    ]


def show(rows):
    for row in rows:
        figures = "  ".join(f"{name} {value:,}" for name, value in row.items() if name != "what")
        print(f"  {row['what']:<44} {figures}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--directory", type=Path, help="where to write; else a temporary folder")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each row of appends takes")
    parser.add_argument("--entries", type=int, default=100_000, help="for the recovery")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.directory) as name:
        directory = Path(name)
        rows = [
            floor(directory, 188, options.seconds, reserved=False),
            floor(directory, 188, options.seconds, reserved=True),
            append(directory, 1, options.seconds),
            append(directory, 64, options.seconds),
            *recover(directory, options.entries),
        ]
    print(f"the durable log, Python {platform.python_version()}, {platform.machine()}")
    show(rows)
    if options.json:
        result = {"python": platform.python_version(), "machine": platform.machine(), "rows": rows}
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
