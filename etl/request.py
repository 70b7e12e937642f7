"""How the bytes of a dataset are asked for: the endpoints of the providers and the [request] of a dataset."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from etl.errors import WrongRequest
from etl.strict import Table, read_table

PAGINGS = ("none", "next")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
MEGABYTE = 1_000_000
SAFE = "*+,:/"  # a key of SDMX and a GEO of Melodi, DEP-59*COM, are sent as they are written


@dataclass(frozen=True)
class Endpoint:
    """One address of a provider and how politely it is asked.

    `pause` is in seconds between two requests; `connect`, `read` and `total` are time limits in seconds;
    `limit` and `unpacked` are bytes, as sent and once unpacked. `queue` and `catalogue` are paths below
    `url`, None where there is none. `by_hand`: asked on a person's command only.
    """

    endpoint_id: str
    provider_id: str
    url: str
    pause: float
    connect: float
    read: float
    total: float
    limit: int
    unpacked: int
    queue: str | None = None
    catalogue: str | None = None
    by_hand: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that replaces `url`."""
        return f"OBSERVATORY_URL_{self.endpoint_id.upper()}"

    @property
    def base(self) -> str:
        """The address in force, without a final slash. Raises WrongRequest: figures come by TLS only."""
        url = (os.environ.get(self.variable) or self.url).rstrip("/")
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise WrongRequest(
                f"the endpoint {self.endpoint_id} is at {url!r}, which is not https",
                f"correct {self.variable} or etl/endpoints.toml",
            )
        return url


@dataclass(frozen=True)
class Request:
    """What is asked of an endpoint: one file a path, or as many as the answer has pages.

    `paging` is "next" where an answer names the address of the next page, as Melodi's does. A dataset whose
    edition stands in its address is `fixed`: a later one is another dataset, and its vintage is as declared.
    `format` and `reader` are those of the answer, None where they are the dataset's: an extract may come from
    a file of another form. `by_hand`: a person gives the command, or brings the file.
    """

    endpoint: Endpoint
    paths: tuple[str, ...]
    parameters: Mapping[str, tuple[str, ...]]
    accept: str | None = None
    paging: str = "none"
    fixed: bool = False
    format: str | None = None
    reader: Mapping[str, Any] | None = None
    by_hand: bool = False

    @property
    def address(self) -> str:
        """Where the provider itself has the first of its files."""
        return self.addresses(self.endpoint.url)[0]

    def addresses(self, base: str) -> tuple[str, ...]:
        """The whole address of each path below `base`."""
        query = urlencode(self.parameters, doseq=True, safe=SAFE)
        ending = f"?{query}" if query else ""
        return tuple(f"{base}/{quote(path, safe=SAFE)}{ending}" for path in self.paths)


def load_endpoints(file: Path) -> dict[str, Endpoint]:
    """Raises WrongRequest or DoesNotExist naming file and key."""
    endpoints = {}
    for name, table in read_table(file).every_table():
        endpoints[name] = Endpoint(
            endpoint_id=name,
            provider_id=table.text("provider"),
            url=table.text("url"),
            **{key: _positive(table, key) for key in ("pause", "connect", "read", "total")},
            limit=round(_positive(table, "limit") * MEGABYTE),
            unpacked=round(_positive(table, "unpacked") * MEGABYTE),
            queue=table.text_or_none("queue"),
            catalogue=table.text_or_none("catalogue"),
            by_hand=table.flag("by_hand"),
        )
        table.close()
    return endpoints


def read_request(
    table: Table | None, provider_id: str, endpoints: Mapping[str, Endpoint], formats: Collection[str]
) -> Request | None:
    """The [request] of a dataset of `provider_id`; None where it has none."""
    if table is None:
        return None
    endpoint = endpoints[table.one_of("endpoint", endpoints)]
    if endpoint.provider_id != provider_id:
        table.fail("endpoint", f"is of {endpoint.provider_id}, the dataset of {provider_id}", "correct one")
    paths = table.texts("path")
    if not paths:
        table.fail("path", "is missing", "write the path below the endpoint, or a list of them")
    parameters, reader = table.table_or_none("parameters"), table.table_or_none("reader")
    request = Request(
        endpoint=endpoint,
        paths=tuple(path.strip("/") for path in paths),
        parameters={name: parameters.texts(name) for name in parameters.mapping()} if parameters else {},
        accept=table.text_or_none("accept"),
        paging=table.one_of("paging", PAGINGS, default="none"),
        fixed=table.flag("fixed"),
        format=table.one_of("format", formats) if "format" in table else None,
        reader=reader.mapping() if reader else None,
        by_hand=table.flag("by_hand") or endpoint.by_hand,
    )
    table.close()
    return request


def _positive(table: Table, name: str) -> float:
    number = table.number_or_none(name)
    if number is None or number < 0:
        table.fail(name, "is missing" if number is None else f"is {number:g}", "write a number above zero")
    return number
