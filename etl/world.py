"""Everything a build depends on, where it lies, and the id of what comes out of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.declaration import ETL, Dataset, Known
from etl.declare import load_caveats, load_datasets, load_providers, load_units
from etl.feeds import FEEDS
from etl.load import TERRITORY_TABLES
from etl.parse import READERS
from etl.request import load_endpoints
from etl.snapshot import Layers

WAREHOUSE = ETL.parent / "warehouse"


@dataclass(frozen=True)
class World:
    """The folders a build reads. `lists` holds the providers, endpoints, units and caveats."""

    layers: Layers
    datasets: tuple[Path, ...] = (ETL / "datasets",)
    lists: Path = ETL
    territories: Path = WAREHOUSE / "territories"
    schema: Path = WAREHOUSE / "schema.sql"
    checks: Path = WAREHOUSE / "checks"


def project_world(data_folder: Path) -> World:
    """The world of the project, with the refreshed snapshots of a data folder above its embedded extracts."""
    return World(Layers(snapshots=data_folder / "snapshots", embedded=ETL / "embedded"))


@dataclass(frozen=True)
class Declarations:
    """What is declared in a world, checked against itself."""

    known: Known
    datasets: tuple[Dataset, ...]


def declarations(world: World) -> Declarations:
    """Raises WrongRequest or DoesNotExist naming file and key."""
    known = Known(
        providers=load_providers(world.lists / "providers.toml"),
        endpoints=load_endpoints(world.lists / "endpoints.toml"),
        units=load_units(world.lists / "units.toml"),
        caveats=load_caveats(world.lists / "caveats.toml"),
        formats=READERS,
        feeds=FEEDS,
    )
    return Declarations(known, load_datasets(world.datasets, known))


def build_id(world: World, datasets: tuple[Dataset, ...]) -> str:
    """Twelve hexadecimal digits, the same for the same declarations, data, territories, rules and code."""
    digest = hashlib.sha256()
    for name, file in sorted(_inputs(world, datasets)):
        if not file.is_file():
            continue
        # Name and length keep the content of two files apart; the path depends on the place of the clone.
        content = file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _inputs(world: World, datasets: tuple[Dataset, ...]) -> Iterator[tuple[str, Path]]:
    """Each file under a name that does not depend on where it lies."""
    lists = (world.lists / f"{name}.toml" for name in ("providers", "units", "caveats"))
    tables = (world.territories / f"{table}.csv" for table in TERRITORY_TABLES)
    # A mended feed must not leave the figures it got wrong in place.
    code = ETL.rglob("*.py")
    for file in (*lists, *tables, *world.checks.glob("*.sql"), world.schema, *code):
        yield file.name, file
    for dataset in datasets:
        yield f"{dataset.dataset_id}.toml", dataset.file
        # A refreshed snapshot is verified against its lock; an extract may have been changed by hand.
        yield f"{dataset.dataset_id}.lock.toml", world.layers.lock(dataset)
        if not world.layers.is_refreshed(dataset):
            yield f"{dataset.dataset_id}.csv", world.layers.extract(dataset)
