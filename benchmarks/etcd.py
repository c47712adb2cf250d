"""etcd as a group of three on this machine, for benchmarks, written to through its gRPC interface.

With `grpcio` installed it is asked by that (the message needed is a few bytes, written out here), without it
through etcd's own HTTP gateway to gRPC.
"""

import asyncio
import base64
import contextlib
import json
import shutil
import socket
import subprocess

try:
    import grpc
    import grpc.aio
except ImportError:
    grpc = None

BINARY = shutil.which("etcd")


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def varint(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def put_request(key, value):
    """etcdserverpb.PutRequest: field 1 the key, field 2 the value."""
    return b"\x0a" + varint(len(key)) + key + b"\x12" + varint(len(value)) + value


class Gateway:
    """HTTP/1.1 to the gRPC gateway, a connection for each request under way."""

    how = "HTTP gateway"

    def __init__(self, port):
        self.port = port
        self.idle = []

    async def put(self, key, value):
        if self.idle:
            reader, writer = self.idle.pop()
        else:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = json.dumps(
            {"key": base64.b64encode(key).decode(), "value": base64.b64encode(value).decode()}
        ).encode()
        writer.write(
            b"POST /v3/kv/put HTTP/1.1\r\nHost: etcd\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        answer = await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(answer.decode())
        self.idle.append((reader, writer))

    async def close(self):
        for _, writer in self.idle:
            writer.close()


class Grpc:
    """One channel, as a client program has it."""

    how = "gRPC"

    def __init__(self, port):
        self.channel = grpc.aio.insecure_channel(f"127.0.0.1:{port}")
        self.call = self.channel.unary_unary("/etcdserverpb.KV/Put")

    async def put(self, key, value):
        await self.call(put_request(key, value))

    async def close(self):
        await self.channel.close()


class Etcd:
    """Three members in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = {}
        self.ports = {}

    async def start(self):
        peers = {one: free_port() for one in (1, 2, 3)}
        cluster = ",".join(f"m{one}=http://127.0.0.1:{port}" for one, port in peers.items())
        for one, peer in peers.items():
            port = self.ports[one] = free_port()
            self.processes[one] = subprocess.Popen(
                [
                    BINARY, "--name", f"m{one}", "--data-dir", str(self.folder / f"m{one}"),
                    "--listen-peer-urls", f"http://127.0.0.1:{peer}",
                    "--initial-advertise-peer-urls", f"http://127.0.0.1:{peer}",
                    "--listen-client-urls", f"http://127.0.0.1:{port}",
                    "--advertise-client-urls", f"http://127.0.0.1:{port}",
                    "--initial-cluster", cluster, "--initial-cluster-state", "new",
                    "--log-level", "error",
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip

    async def leader(self):
        """Wait for a leader; its client's port."""
        while True:
            for port in self.ports.values():
                with contextlib.suppress(OSError, ValueError, asyncio.IncompleteReadError):
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.write(
                        b"POST /v3/maintenance/status HTTP/1.0\r\nHost: etcd\r\nContent-Length: 2\r\n\r\n{}"
                    )
                    answer = json.loads((await reader.read()).partition(b"\r\n\r\n")[2])
                    writer.close()
                    if answer.get("leader") and answer["leader"] == answer["header"]["member_id"]:
                        return port
            await asyncio.sleep(0.1)

    async def client(self):
        port = await self.leader()
        return Gateway(port) if grpc is None else Grpc(port)

    def close(self):
        for process in self.processes.values():
            process.kill()
            process.wait()
