"""The bytes of a dataset: every path and page of its request, queues waited for, what is not data refused."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from etl.answer import accepted, json_of
from etl.client import NOTHING_KNOWN, Answer, Client, Validators
from etl.declaration import Dataset
from etl.disk import writing
from etl.editions import BY_EDITION
from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest
from etl.request import Endpoint, Request
from etl.trouble import REFRESH_LATER

PAGES = 1000
LONGEST_POLL = 60.0  # seconds between two looks at a queue

QUEUED = re.compile(rb"<(?:\w+:)?queued\b.*?<id>([\w-]+)</id>", re.S)
QUEUE_STATUS = re.compile(rb"<status>(\w+)</status>")
STILL_QUEUED = ("SUBMITTED", "PROCESSING")


@dataclass(frozen=True)
class Fetched:
    """The files of a dataset in order, with what each came from; none where nothing changed.

    `published` is the day the provider says it last changed them, None where it does not say. `faults` are
    of the editions that did not come, where each file is one.
    """

    files: tuple[Path, ...]
    address: str
    validators: Mapping[str, Validators]
    published: date | None
    sources: tuple[str, ...] = ()
    faults: tuple[SourceError, ...] = ()

    def address_of(self, file: str) -> str:
        """What a person calls a file of these: its address, or the path they brought it by."""
        by_file = dict(zip(map(str, self.files), self.sources, strict=True)) if self.sources else {}
        return by_file.get(file, self.sources[0] if len(self.sources) == 1 else self.address)


def fetch(
    dataset: Dataset, request: Request, client: Client, folder: Path, known: Mapping[str, Validators]
) -> Fetched:
    """Ask for `dataset` and put what comes in `folder`.

    `known` are the validators of the files already here, by address. Raises SourceError with dataset and
    address.
    """
    with writing(folder.parent):
        folder.mkdir(parents=True)
    try:
        addresses = request.addresses(request.endpoint.base)
        if request.paging == "next":
            return _pages(dataset, request, client, folder, addresses)
        if dataset.feeds in BY_EDITION:
            return _editions(dataset, request, client, folder, addresses, known)
        return _files(dataset, request, client, folder, addresses, known)
    except SourceError as error:
        raise error.at(dataset=dataset.dataset_id) from None


def take_files(dataset: Dataset, sources: Sequence[Path], folder: Path) -> Fetched:
    """The same of files a person downloaded. Raises SourceError with dataset and file."""
    endpoint = dataset.request.endpoint if dataset.request else None
    files = []
    with writing(folder.parent):
        folder.mkdir(parents=True)
    for number, source in enumerate(sources, 1):
        try:
            if not source.is_file():
                raise DoesNotExist("there is no such file", "correct the path after --file")
            draft = folder / "incoming"
            with writing(folder):
                shutil.copyfile(source, draft)
            files.append(accepted(dataset, endpoint, draft, number))
        except SourceError as error:
            raise error.at(dataset=dataset.dataset_id, file=str(source)) from None
    return Fetched(tuple(files), dataset.url, {}, None, tuple(map(str, sources)))


def _files(
    dataset: Dataset,
    request: Request,
    client: Client,
    folder: Path,
    addresses: tuple[str, ...],
    known: Mapping[str, Validators],
) -> Fetched:
    """One file a path. Where only some changed, all are asked for: they have to be of one edition."""
    draft = folder / "incoming"
    first = known if all(address in known for address in addresses) else {}
    for validators in (first, {}):
        files: list[Path] = []
        answers: list[Answer] = []
        for number, address in enumerate(addresses, 1):
            asked = validators.get(address, NOTHING_KNOWN)
            answer = client.download(request.endpoint, address, draft, asked, request.accept)
            answers.append(answer)
            if answer.size is None:
                continue
            _wait_in_queue(request.endpoint, client, draft, address)
            files.append(accepted(dataset, request.endpoint, draft, number, address))
        if not files:
            return Fetched((), addresses[0], known, None)
        if len(files) == len(addresses):
            break
    days = [answer.published for answer in answers if answer.published]
    now_known = {answer.url: answer.validators for answer in answers}
    return Fetched(tuple(files), addresses[0], now_known, max(days, default=None), addresses)


def _editions(
    dataset: Dataset,
    request: Request,
    client: Client,
    folder: Path,
    addresses: tuple[str, ...],
    known: Mapping[str, Validators],
) -> Fetched:
    """The editions that are new. One that does not come stops no other, unless none does."""
    came: dict[str, Path] = {}
    faults: list[SourceError] = []
    now_known = dict(known)
    for number, address in enumerate(addresses, 1):
        draft = folder / "incoming"
        try:
            answer = client.download(
                request.endpoint, address, draft, known.get(address, NOTHING_KNOWN), request.accept
            )
            if answer.size is None:
                continue
            came[address] = accepted(dataset, request.endpoint, draft, number, address)
            now_known[address] = answer.validators
        except SourceError as fault:
            faults.append(fault.at(dataset=dataset.dataset_id))
    if len(faults) == len(addresses):
        raise faults[0]
    return Fetched(tuple(came.values()), addresses[0], now_known, None, tuple(came), tuple(faults))


def _pages(
    dataset: Dataset, request: Request, client: Client, folder: Path, addresses: tuple[str, ...]
) -> Fetched:
    """Every page of every path: that the first is the same would say nothing of the others."""
    files: list[Path] = []
    for start in addresses:
        address: str | None = start
        while address:
            if len(files) == PAGES:
                raise WrongRequest(
                    f"it has more than {PAGES} pages", "ask for less in [request]", file=address
                )
            draft = folder / "incoming"
            client.download(request.endpoint, address, draft, accept=request.accept)
            file = accepted(dataset, request.endpoint, draft, len(files) + 1, address)
            files.append(file)
            address = _next_page(file, address)
    return Fetched(tuple(files), addresses[0], {}, None)


def _next_page(file: Path, address: str) -> str | None:
    """The address of the page after the one in `file`, None after the last."""
    paging = json_of(file.read_bytes(), address).get("paging") or {}
    following = paging.get("next") if isinstance(paging, dict) else None
    if not following or following == address:
        return None
    if urlsplit(str(following))[:2] != urlsplit(address)[:2]:
        raise WrongRequest(
            f"its next page is at another host, {following!s:.200}, where we do not follow",
            "see what the provider changed, and correct `paging` in [request]",
            file=address,
        )
    return str(following)


def _wait_in_queue(endpoint: Endpoint, client: Client, draft: Path, address: str) -> None:
    """Where the answer is a ticket, put what it stands for in its place as soon as it is ready."""
    ticket = QUEUED.search(_start(draft))
    if ticket is None or endpoint.queue is None:
        return
    key = ticket[1].decode()
    deadline = time.monotonic() + endpoint.total
    wait = endpoint.pause
    while True:
        client.download(endpoint, f"{endpoint.base}/{endpoint.queue}/status/{key}", draft)
        status = QUEUE_STATUS.search(_start(draft))
        said = status[1].decode() if status else "nothing"
        if said == "AVAILABLE":
            break
        if said not in STILL_QUEUED or time.monotonic() + wait > deadline:
            raise TryAgain(f"the answer is in a queue that says {said}", REFRESH_LATER, file=address)
        time.sleep(wait)
        wait = min(2 * wait, LONGEST_POLL)
    query = urlsplit(address).query
    client.download(endpoint, f"{endpoint.base}/{endpoint.queue}/data/{key}?{query}", draft)


def _start(file: Path) -> bytes:
    with file.open("rb") as content:
        return content.read(4096)
