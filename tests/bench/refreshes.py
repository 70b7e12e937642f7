"""A refresh in which nothing changed: the project's own datasets, every provider answering 304 at once."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from etl.declaration import ETL, Dataset
from etl.lock import read_lock
from etl.progress import Progress
from etl.refresh import refresh
from etl.trial import Order
from etl.world import World, declarations, project_world
from tests.bench.table import Line
from tests.replay.answers import data
from tests.replay.server import Replay, replaying
from warehouse.fetch_log import UNCHANGED, Attempt, line_of
from warehouse.store import FETCH_LOG

EDITION = '"1"'
REPEATS = 5


def measure_refreshes(built: Path) -> list[Line]:
    """`built` is a data folder with a build of the project; its log of refreshes is that of the bench."""
    with replaying() as replay:
        world = _without_pauses(replay, built)
        asked = [dataset for dataset in declarations(world).datasets if _is_asked(dataset)]
        _know_every_edition(replay, asked, world, built)
        seconds = []
        for _ in range(REPEATS):
            replay.asked.clear()
            start = time.perf_counter()
            report = refresh(Order(asked), world, built, Progress(io.StringIO()))
            seconds.append(time.perf_counter() - start)
            assert {attempt.outcome for attempt in report.attempts} == {UNCHANGED}, report
        requests = len(replay.asked)
    return [
        Line(f"refresh, nothing new in {len(asked)} datasets: our own time", sorted(seconds)[2], 1, "s"),
        Line("refresh, nothing new: requests a dataset", requests / len(asked), 1, ""),
    ]


def _is_asked(dataset: Dataset) -> bool:
    """Asked for by a machine, one file, and here already: what a conditional request is for."""
    request = dataset.request
    if request is None or request.endpoint.by_hand or not dataset.is_carried:
        return False
    return request.paging == "none"  # an answer in pages is no one file


def _without_pauses(replay: Replay, built: Path) -> World:
    """The project's world, its endpoints at the replay server: what is left of a refresh is our own time."""
    lists = built / "lists"
    lists.mkdir()
    for name in ("providers", "units", "caveats", "endpoints"):
        text = (ETL / f"{name}.toml").read_text(encoding="utf-8")
        if name == "endpoints":
            text = re.sub(r"^pause = .*", "pause = 0", text, flags=re.M)
            text = re.sub(r"^catalogue = .*", "", text, flags=re.M)
            text = re.sub(r'^url = "https://', f'url = "{replay.url}/', text, flags=re.M)
        (lists / f"{name}.toml").write_text(text, encoding="utf-8")
    return replace(project_world(built), lists=lists)


def _know_every_edition(replay: Replay, asked: list[Dataset], world: World, built: Path) -> None:
    lines = []
    for dataset in asked:
        assert dataset.request
        addresses = dataset.request.addresses(dataset.request.endpoint.base)
        for address in addresses:
            replay.serve(address.removeprefix(replay.url).partition("?")[0], data(b"", etag=EDITION))
        lock = read_lock(world.layers.lock(dataset))
        validators = dict.fromkeys(addresses, (EDITION, ""))
        known = Attempt(dataset.dataset_id, datetime.now(UTC), UNCHANGED, sha256=lock.sha256)
        lines.append(line_of(replace(known, validators=validators)))
    (built / FETCH_LOG).write_text("\n".join(lines) + "\n", encoding="utf-8")
