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
from etl.snapshot import Layers

WAREHOUSE = ETL.parent / "warehouse"


@dataclass(frozen=True)
class World:
    """The folders a build reads. `lists` holds providers.toml, units.toml and caveats.toml."""

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
        units=load_units(world.lists / "units.toml"),
        caveats=load_caveats(world.lists / "caveats.toml"),
        formats=READERS,
        feeds=FEEDS,
    )
    return Declarations(known, load_datasets(world.datasets, known))


def build_id(world: World, datasets: tuple[Dataset, ...]) -> str:
    """Twelve hexadecimal digits, the same for the same declarations, data, territories, rules and code."""
    digest = hashlib.sha256()
    for file in sorted(_inputs(world, datasets), key=lambda file: (file.name, str(file))):
        if not file.is_file():
            continue
        # Name and length keep the content of two files apart; the path depends on the place of the clone.
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _inputs(world: World, datasets: tuple[Dataset, ...]) -> Iterator[Path]:
    yield from (dataset.file for dataset in datasets)
    yield from (world.lists / f"{name}.toml" for name in ("providers", "units", "caveats"))
    yield from (world.territories / f"{table}.csv" for table in TERRITORY_TABLES)
    yield from world.checks.glob("*.sql")
    yield world.schema
    yield from ETL.rglob("*.py")  # a mended feed must not leave the figures it got wrong in place
    for dataset in datasets:
        # A refreshed snapshot is verified against its lock; an extract may have been changed by hand.
        yield world.layers.lock(dataset)
        if not world.layers.is_refreshed(dataset):
            yield world.layers.extract(dataset)
