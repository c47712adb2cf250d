"""`ww cluster publish` and `ww cluster subscribe`: messages by topic, from and to the shell."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from wetware.cli.app import JSON, json_option
from wetware.cli.joining import client_options, connected
from wetware.cli.results import Silent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from wetware.services.topic import Received

__all__ = ["Published", "publish", "subscribe"]

LONGEST_LINE = 1 << 20
"""Bytes of a line of stdin: those of the largest message."""


@dataclass(frozen=True, slots=True)
class Published(Silent):
    """So many messages were published, or heard."""

    topic: str
    count: int
    stream: Literal["stdout", "stderr"] = "stdout"

    def to_json(self) -> dict[str, object]:
        """Return the topic and the count."""
        return {"topic": self.topic, "messages": self.count}


@click.command(short_help="Publish messages to a topic.")
@click.argument("topic")
@click.argument("messages", nargs=-1)
@client_options
@json_option
def publish(*, topic: str, messages: tuple[str, ...], **options: Any) -> Published:
    """Publish MESSAGES to TOPIC; without any, each line of stdin, as it comes."""
    return asyncio.run(_publish(topic, messages, options))


async def _publish(name: str, messages: Sequence[str], options: dict[str, Any]) -> Published:
    from wetware.services.topic import join, router_of

    count = 0
    async with connected(**options) as client:
        topic = await join(router_of(client.session), name)
        if messages:
            await topic.publish(*(message.encode(errors="surrogateescape") for message in messages))
            count = len(messages)
        else:
            async for line in _lines():
                await topic.publish(line)
                count += 1
        await topic.drain()
    return Published(name, count)


async def _lines() -> AsyncIterator[bytes]:
    from wetware.cli.local_input import chunks

    rest = b""
    async for chunk in chunks():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line
        if len(rest) > LONGEST_LINE:
            raise click.UsageError(f"a line of stdin is longer than a message may be ({LONGEST_LINE} bytes)")
    if rest:
        yield rest


@click.command(short_help="Show what is published to a topic.")
@click.argument("topic")
@click.option("--count", type=click.IntRange(1), metavar="N", help="End after so many messages.")
@click.option("--raw-output", is_flag=True, help="Let escape sequences through to the terminal.")
@client_options
@json_option
@click.pass_context
def subscribe(
    ctx: click.Context, /, *, topic: str, count: int | None, raw_output: bool, **options: Any
) -> Published | None:
    """Show what is published to TOPIC from now on, one message a line, until Ctrl-C.

    What this reader was too slow for is counted on stderr. --json prints an object a line: `content` (or
    `base64` where that is no text), `node`, and how many are `lost` before it.
    """
    as_json = bool(ctx.meta.pop(JSON, False))  # each message is a result: none follows at the end
    return asyncio.run(_subscribe(topic, count, as_json, raw_output, options))


async def _subscribe(
    name: str, count: int | None, as_json: bool, raw: bool, options: dict[str, Any]
) -> Published:
    from wetware.cli.render import note
    from wetware.cli.streams import Destination
    from wetware.services.topic import join, router_of

    destination = Destination(sys.stdout.buffer, raw=raw)
    heard = 0
    async with connected(**options) as client:
        topic = await join(router_of(client.session), name)
        async with topic.subscribe(buffer=8192) as messages:
            note(f"listens to {name}")
            async for message in messages:
                if as_json:
                    destination.write(json.dumps(_as_json(message)).encode() + b"\n")
                else:
                    if message.lost:
                        note(f"{message.lost} messages are missing here")
                    destination.write(message.content + b"\n")
                heard += 1
                if heard == count:
                    break
    return Published(name, heard)


def _as_json(message: Received) -> dict[str, object]:
    content: dict[str, object]
    try:
        content = {"content": message.content.decode()}
    except UnicodeDecodeError:
        import base64

        content = {"base64": base64.b64encode(message.content).decode()}
    return {**content, "node": str(message.node), "lost": message.lost}
