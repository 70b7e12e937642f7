"""`python -m etl list | extract | fetch | refresh | build | check | status | diff | outlines`.

Exit 0: done. 1: a dataset or a check failed, one line each on stderr, the others are done. 2: wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from etl.build import BuildFailed, build
from etl.campaign.check import check_campaign
from etl.check import Finding, rules, run_checks
from etl.commands import (
    DONE,
    FAILED,
    WRONG_USE,
    fetch_datasets,
    refresh_datasets,
    save_outlines,
    show_difference,
    show_status,
    unknown,
)
from etl.declaration import Dataset
from etl.errors import SourceError
from etl.extract import extract
from etl.output import show
from etl.world import World, declarations, project_world
from warehouse.store import NoBuild, current_build, data_folder

Command = Callable[[argparse.Namespace, World], int]
Add = Callable[[str, Command, str], argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (argparse leaves with 2 by itself)."""
    chosen = _parser().parse_args(arguments)
    command: Command = chosen.command
    try:
        return command(chosen, project_world(data_folder()))
    except (SourceError, BuildFailed, NoBuild) as error:
        print(error, file=sys.stderr)
        return FAILED


def list_datasets(chosen: argparse.Namespace, world: World) -> int:
    rows = [
        {
            "dataset": dataset.dataset_id,
            "provider": dataset.provider.provider_id,
            "format": dataset.format,
            "feeds": dataset.feeds,
            "indicators": [head.indicator_id for head in dataset.heads],
        }
        for dataset in declarations(world).datasets
    ]
    show(rows, chosen.json)
    return DONE


def extract_datasets(chosen: argparse.Namespace, world: World) -> int:
    datasets = declarations(world).datasets
    if problem := unknown(chosen.dataset, datasets):
        print(problem, file=sys.stderr)
        return WRONG_USE
    exit_code = DONE
    for dataset in datasets:
        if dataset.archive and (not chosen.dataset or dataset.dataset_id in chosen.dataset):
            exit_code = max(exit_code, _extract_one(dataset, chosen.archive, world))
    return exit_code


def _extract_one(dataset: Dataset, archive: Path, world: World) -> int:
    try:
        lock = extract(dataset, archive, world.layers, date.today())
    except SourceError as error:
        print(error, file=sys.stderr)
        return FAILED
    print(f"{dataset.dataset_id}: {lock.rows:,} of {lock.source_rows:,} rows kept")
    return DONE


def build_warehouse(chosen: argparse.Namespace, world: World) -> int:
    print(build(data_folder(), world))
    return DONE


def check_build(chosen: argparse.Namespace, world: World) -> int:
    if chosen.file:
        return _check_campaign(chosen.file, as_json=chosen.json)
    file = current_build()
    with duckdb.connect(file, read_only=True) as connection:
        findings = run_checks(connection, world.checks)
    if chosen.json:
        show([_finding(finding) for finding in findings], as_json=True)
    else:
        print(f"{file.name}: {len(rules(world.checks))} rules, {len(findings)} broken")
        for finding in findings:
            print(finding, file=sys.stderr)
    return FAILED if findings else DONE


def _check_campaign(file: Path, as_json: bool) -> int:
    report = check_campaign(file)
    if as_json:
        show([asdict(fault) for fault in report.faults], as_json=True)
    else:
        print(report, file=sys.stderr if report.faults else sys.stdout)
    return FAILED if report.faults else DONE


def _finding(finding: Finding) -> dict[str, Any]:
    rule = finding.rule
    return {
        "check": rule.name,
        "rule": rule.sentence,
        "remedy": rule.remedy,
        "rows": finding.count,
        "first": finding.first,
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl", description="Figures from their providers to the warehouse."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, help_text: str) -> argparse.ArgumentParser:
        subparser = commands.add_parser(name, help=help_text, description=help_text)
        subparser.set_defaults(command=command)
        return subparser

    for each in (*_here(add), *_with_providers(add)):
        each.add_argument("--json", action="store_true", help="machine-readable output")
    return parser


def _here(add: Add) -> list[argparse.ArgumentParser]:
    """The commands that look at what lies on this machine; those returned take --json."""
    listed = add("list", list_datasets, "what is declared: datasets, their provider and indicators")
    cut = add("extract", extract_datasets, "cut the embedded extracts out of official files in a folder")
    cut.add_argument(
        "--from", dest="archive", type=Path, required=True, metavar="DIR", help="where the files lie"
    )
    cut.add_argument(
        "dataset", nargs="*", metavar="DATASET", help="all that declare an `archive` when none is named"
    )
    add("build", build_warehouse, "make a new warehouse file and, when every check holds, the current one")
    checked = add("check", check_build, "run the rules of warehouse/checks on the current build")
    checked.add_argument(
        "--file",
        type=Path,
        metavar="CAMPAIGN.csv",
        help="instead, check a campaign's file row by row (in French)",
    )
    status = add("status", show_status, "edition, age and last attempt of each dataset, and what failed")
    compared = add("diff", show_difference, "which published figures the last edition changed")
    compared.add_argument("dataset", metavar="DATASET")
    return [listed, checked, status, compared]


def _with_providers(add: Add) -> list[argparse.ArgumentParser]:
    """The commands that bring what providers publish; those returned take --json."""
    refreshed = add("refresh", refresh_datasets, "fetch what is new, check it, and move to a new build")
    refreshed.add_argument("dataset", nargs="*", metavar="DATASET", help="all of them when none is named")
    fetched = add(
        "fetch", fetch_datasets, "the same for datasets named by a person, or a file they downloaded"
    )
    fetched.add_argument("dataset", nargs="+", metavar="DATASET")
    fetched.add_argument(
        "--file",
        type=Path,
        action="append",
        metavar="PATH",
        help="the provider's file, instead of asking for it; again for each further file",
    )
    fetched.add_argument("--vintage", metavar="EDITION", help="the edition of that file, e.g. 2024-T3")
    for each in (refreshed, fetched):
        each.add_argument("--accept", action="store_true", help="take losses that somebody has looked at")
    drawn = add("outlines", save_outlines, "download the official outlines of regions and municipalities")
    drawn.add_argument("--to", type=Path, required=True, metavar="DIR")
    return [refreshed, fetched]


if __name__ == "__main__":
    sys.exit(main())
