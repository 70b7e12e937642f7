"""`python -m etl refresh | fetch | status | diff`. Each returns the exit code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from etl.client import Client
from etl.declaration import Dataset
from etl.difference import difference
from etl.errors import DoesNotExist
from etl.feeds.fed import Fed
from etl.figures import known_places, read_figures
from etl.outlines import download_outlines
from etl.output import show
from etl.progress import Progress, line_about
from etl.refresh import Report, refresh
from etl.status import status_of
from etl.trial import Order
from etl.vintages import former_snapshots
from etl.world import World, declarations
from warehouse.fetch_log import Attempt, histories
from warehouse.store import data_folder

DONE, FAILED, WRONG_USE = 0, 1, 2
SHOWN = 200  # changed figures of a table on the screen; --json has them all


def refresh_datasets(chosen: argparse.Namespace, world: World) -> int:
    """Everything that may be asked for without a person, or what is named."""
    datasets = declarations(world).datasets
    if problem := unknown(chosen.dataset, datasets):
        return _wrong_use(problem)
    named = [dataset for dataset in datasets if dataset.dataset_id in chosen.dataset]
    if kept := [dataset for dataset in named if not _is_for_robots(dataset)]:
        return _wrong_use(_how_by_hand(kept[0]))
    if chosen.accept and not named:
        return _wrong_use("--accept needs the name of the dataset whose losses were looked at")
    asked = named or [dataset for dataset in datasets if _is_for_robots(dataset)]
    return _refresh(Order(asked, accept=chosen.accept), world, chosen.json)


def fetch_datasets(chosen: argparse.Namespace, world: World) -> int:
    """What is named, or the file a person downloaded for it."""
    datasets = declarations(world).datasets
    if problem := unknown(chosen.dataset, datasets):
        return _wrong_use(problem)
    if chosen.file and len(chosen.dataset) != 1:
        return _wrong_use("--file is a file of one dataset: name it, and no other")
    if lost := [path for path in chosen.file or () if not path.is_file()]:
        return _wrong_use(f"{lost[0]}: there is no such file, correct the path after --file")
    if chosen.vintage and not chosen.file:
        return _wrong_use("--vintage is that of a file: give --file too")
    asked = [dataset for dataset in datasets if dataset.dataset_id in chosen.dataset]
    order = Order(asked, accept=chosen.accept, brought=chosen.file or (), vintage=chosen.vintage)
    return _refresh(order, world, chosen.json)


def save_outlines(chosen: argparse.Namespace, world: World) -> int:
    """The official outlines, into a folder of the person's choice."""
    endpoint = declarations(world).known.endpoints["gisco"]
    for file in download_outlines(endpoint, Client(), chosen.to):
        print(file)
    return DONE


def show_status(chosen: argparse.Namespace, world: World) -> int:
    log = histories()
    rows = [status_of(dataset, world.layers, log, date.today()) for dataset in declarations(world).datasets]
    show(rows, chosen.json)
    return FAILED if any(row["problem"] for row in rows) else DONE


def show_difference(chosen: argparse.Namespace, world: World) -> int:
    """What the snapshot in force changed in the figures published before it."""
    datasets = declarations(world).datasets
    if problem := unknown([chosen.dataset], datasets):
        return _wrong_use(problem)
    dataset = next(each for each in datasets if each.dataset_id == chosen.dataset)
    before, after = _former_and_current(dataset, world)
    changes = difference(before, after)
    if chosen.json:
        print(json.dumps(_as_json(changes.items()), ensure_ascii=False, indent=2))
        return DONE
    if not changes:
        print(f"{dataset.dataset_id}: no figure changed")
    for table, rows in changes.items():
        counted = ", ".join(f"{times:,} {change}" for change, times in rows["change"].value_counts().items())
        print(f"{dataset.dataset_id}, {table}: {counted}")
        if len(rows) > SHOWN:
            print(f"(the first {SHOWN} follow, --json has them all)")
        show(_as_rows(rows.head(SHOWN)), as_json=False)
    return DONE


def unknown(names: Iterable[str], datasets: Sequence[Dataset]) -> str | None:
    """The line about the first name that is no dataset's."""
    wrong = sorted(set(names) - {dataset.dataset_id for dataset in datasets})
    return f"{wrong[0]}: no such dataset, see `python -m etl list`" if wrong else None


def _refresh(order: Order, world: World, as_json: bool) -> int:
    # With --json the lines are no part of the answer.
    report = refresh(order, world, data_folder(), Progress(sys.stderr if as_json else sys.stdout))
    if as_json:
        print(json.dumps(_report(report), ensure_ascii=False, indent=2))
    elif report.build:
        print(f"in force: {report.build}")
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return DONE if report.is_good else FAILED


def _report(report: Report) -> dict[str, Any]:
    return {
        "build": report.build and report.build.name,
        "problems": list(report.problems),
        "datasets": [_attempt(attempt) for attempt in report.attempts],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "dataset": attempt.dataset_id,
        "outcome": attempt.outcome,
        "address": attempt.address,
        "vintage": attempt.vintage,
        "rows": attempt.rows,
        "bytes": attempt.bytes,
        "seconds": round(attempt.seconds, 2),
        "problem": attempt.problem or None,
        "remedy": attempt.remedy or None,
        "line": line_about(attempt),
    }


def _former_and_current(dataset: Dataset, world: World) -> tuple[Fed, Fed]:
    """Raises DoesNotExist where there is only one edition to look at."""
    layers = world.layers
    places = known_places(declarations(world).datasets, layers, world.territories)
    former = former_snapshots(dataset, layers)
    if former:
        before = replace(layers, incoming={dataset.dataset_id: former[-1]})
    elif dataset.is_carried and layers.is_refreshed(dataset):
        before = replace(layers, snapshots=Path(), incoming={})
    else:
        raise DoesNotExist(
            "there is no edition before the one in force",
            "a refresh that changes figures keeps the former one",
            dataset=dataset.dataset_id,
        )
    return read_figures(dataset, before, places).fed, read_figures(dataset, layers, places).fed


def _as_json(changes: Iterable[tuple[str, pd.DataFrame]]) -> dict[str, Any]:
    return {table: _as_rows(rows) for table, rows in changes}


def _as_rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Values as they are, None where there is none."""
    plain = rows.astype(object).where(rows.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _is_for_robots(dataset: Dataset) -> bool:
    return dataset.request is not None and not dataset.request.by_hand


def _how_by_hand(dataset: Dataset) -> str:
    """What a person can do for a dataset that no robot asks for."""
    name = dataset.dataset_id
    brought = f"`python -m etl fetch --file PATH {name}`"
    if dataset.request is None:
        return (
            f"{name}: no address of it is declared, download its file at {dataset.homepage} and run {brought}"
        )
    return (
        f"{name}: asked for on a person's command only, run `python -m etl fetch {name}`, "
        f"or download its file at {dataset.homepage} and run {brought}"
    )


def _wrong_use(line: str) -> int:
    print(line, file=sys.stderr)
    return WRONG_USE
