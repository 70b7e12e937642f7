"""Every edition of the French census files, at the paths of Insee on the replay server and by hand.

Paths, columns, codes and dress of each edition are documented; the figures are made up.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

import etl.__main__ as command_line
from etl.declaration import ETL
from etl.lock import Lock, read_lock
from etl.progress import Progress
from etl.refresh import refresh
from etl.trial import Order
from etl.world import World, declarations, project_world
from tests.replay.answers import data, status
from tests.replay.server import Replay
from warehouse.queries import flow_offers, flow_sources

# What a build of flows rests on: what they count, and what a mode is called.
AROUND = ("producers/published_flows", "observatoire")
ENDPOINTS = """
[insee_files]
provider = "insee"
url = "{url}/fichier"
by_hand = true
pause = 0.01
connect = 0.5
read = 2
total = 10
limit = 1
unpacked = 1
"""
FLUX = {
    2012: "/fichier/2022463/base-texte-flux-mobilite-domicile-lieu-travail-2012.zip",
    2015: "/fichier/3566477/base-texte-flux-mobilite-domicile-lieu-travail-2015.zip",
    2017: "/fichier/4509353/base-csv-flux-mobilite-domicile-lieu-travail-2017.zip",
    2018: "/fichier/5393835/base-csv-flux-mobilite-domicile-lieu-travail-2018.zip",
    2019: "/fichier/6454112/base-csv-flux-mobilite-domicile-lieu-travail-2019.zip",
    2020: "/fichier/7630376/base-flux-mobilite-domicile-lieu-travail-2020-csv.zip",
    2021: "/fichier/8201899/base-flux-mobilite-domicile-lieu-travail-2021-csv.zip",
    2022: "/fichier/8582949/base-flux-mobilite-domicile-lieu-travail-2022_csv.zip",
    2023: "/fichier/8998300/base-flux-mobilite-domicile-lieu-travail-2023_csv.zip",
}
# How each edition is dressed: name of the member, encoding.
DRESS: Mapping[int, tuple[str, str]] = {
    2012: ("base-texte-flux-mobilite-domicile-lieu-travail-2012.txt", "latin-1"),
    2015: ("base-texte-flux-mobilite-domicile-lieu-travail-2015.txt", "latin-1"),
    2017: ("base-flux-mobilite-domicile-lieu-travail-2017.csv", "utf-8-sig"),
    2023: ("base-flux-mobilite-domicile-lieu-travail-2023.csv", "utf-8-sig"),
}


def zipped(name: str, content: bytes) -> bytes:
    envelope = io.BytesIO()
    with zipfile.ZipFile(envelope, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return envelope.getvalue()


def flux(year: int, *rows: str) -> bytes:
    """An edition; as many people of Lille work in Mouscron as the year says, unless `rows` say otherwise."""
    name, encoding = DRESS.get(year, (f"base-flux-mobilite-domicile-lieu-travail-{year}.csv", "utf-8"))
    header = f"CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C{year % 100:02}_ACTOCC15P"
    usual = (
        "59350;Lille;59350;Lille;1000",
        f"59350;Lille;BE540;Mouscron (Belgique);{year}.5",
        "59350;Lille;ZZZZZ;Autre commune étrangère;3",
        "59540;Saint-Pol-sur-Mer;BE540;Mouscron;4",  # part of Dunkerque since 2010, its code lived on
        "59183;Dunkerque;BE9ZZ;Ailleurs, code d’une autre liste".replace("’", "'") + ";5",
    )
    return zipped(name, "\n".join([header, *(rows or usual), ""]).encode(encoding))


@dataclass(frozen=True)
class Census:
    """The two census files of Insee, whose endpoint is the replay server, and what a build needs beside."""

    data: Path
    files: Path
    replay: Replay
    run: Callable[..., tuple[int, str, list[str]]]

    def bring(self, dataset: str, *files: bytes, options: tuple[str, ...] = ()) -> tuple[int, list[str]]:
        """`etl fetch --file` of each, then what it said on standard error."""
        paths = [self.files / f"{number}.zip" for number in range(len(files))]
        for path, content in zip(paths, files, strict=True):
            path.write_bytes(content)
        brought = [part for path in paths for part in ("--file", str(path))]
        code, _, err = self.run("fetch", *brought, *options, dataset)
        return code, err

    def workers(self, indicator: str = "cross_border_commuters") -> dict[str, float]:
        """By period those of Lille in Mouscron, or by period and mode where there are modes."""
        sql = """
            SELECT period || if(mode = '_T', '', ' ' || mode), value FROM flow
            WHERE origin_id = 'COM59350' AND destination_id = 'NIS57096' AND indicator_id = ? ORDER BY ALL
        """
        with duckdb.connect(self.build, read_only=True) as connection:
            return dict(connection.execute(sql, [indicator]).fetchall())

    @property
    def build(self) -> Path:
        return self.data / (self.data / "current").read_text().strip()

    def held(self, dataset: str) -> list[str]:
        """Names of the files of the snapshot in force."""
        folder = self.data / "snapshots/insee" / dataset
        return sorted(file.name for file in folder.iterdir() if file.name != "lock.toml")

    def lock(self, dataset: str) -> Lock:
        return read_lock(self.data / "snapshots/insee" / dataset / "lock.toml")

    def serve(self, **changed: bytes) -> None:
        """Each edition at its path, with an ETag; `changed` is by year, `y2018`."""
        for year, path in FLUX.items():
            self.replay.serve(path, data(changed.get(f"y{year}", flux(year)), etag=f'"{year}"'))


@pytest.fixture(scope="module")
def two_editions(replay: Replay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world in which the editions of 2018 and 2023 are in force, for tests to copy."""
    root = tmp_path_factory.mktemp("census") / "world"
    world = _world(root, replay)
    for year in (2018, 2023):
        (root / f"{year}.zip").write_bytes(flux(year))
    files = [root / f"{year}.zip" for year in (2018, 2023)]
    datasets = [each for each in declarations(world).datasets if each.dataset_id == "base_flux"]
    report = refresh(Order(datasets, brought=files), world, root / "data", Progress(io.StringIO()))
    assert report.is_good, report
    return root


@pytest.fixture
def census(
    two_editions: Path,
    replay: Replay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Census:
    root = tmp_path / "world"
    shutil.copytree(two_editions, root)
    monkeypatch.setenv("OBSERVATORY_DATA", str(root / "data"))
    monkeypatch.setattr(command_line, "project_world", lambda folder: _world_in(root))
    replay.forget()

    def run(*arguments: str) -> tuple[int, str, list[str]]:
        capsys.readouterr()
        code = command_line.main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err.splitlines()

    return Census(root / "data", root, replay, run)


def _world(root: Path, replay: Replay) -> World:
    """The project's own declarations of both files, its territories and rules, and no other dataset."""
    for name in (*AROUND, "insee/base_flux", "insee/mobpro"):
        source = ETL / "datasets" / name
        files = sorted(source.glob("flow_*.toml")) if source.is_dir() else [source.with_suffix(".toml")]
        files += [source / "place_groups.toml", source / "mobility_terms.toml"] if source.is_dir() else []
        for file in files:
            target = root / "datasets" / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    lists = root / "lists"
    lists.mkdir()
    for name in ("providers", "units", "caveats"):
        shutil.copy(ETL / f"{name}.toml", lists)
    (lists / "endpoints.toml").write_text(ENDPOINTS.format(url=replay.url))
    return _world_in(root)


def _world_in(root: Path) -> World:
    return replace(project_world(root / "data"), datasets=(root / "datasets",), lists=root / "lists")


EVERY_YEAR = {str(year): year + 0.5 for year in FLUX}


def test_every_edition_is_asked_for_and_read_right(census: Census) -> None:
    census.serve()
    assert set(census.run("refresh")[1].split()) & {"base_flux:"} == set(), "no robot asks for it"
    assert census.replay.asked == []

    code, _, err = census.run("fetch", "base_flux")

    assert (code, err) == (0, [])
    assert [asked.path for asked in census.replay.asked] == list(FLUX.values())
    assert census.workers() == EVERY_YEAR
    assert census.held("base_flux") == [f"base_flux-{year}.zip" for year in FLUX]
    assert (census.lock("base_flux").vintage, census.lock("base_flux").source_rows) == (
        "2012–2023",
        5 * len(FLUX),
    )
    with duckdb.connect(census.build, read_only=True) as connection:
        dunkerque = connection.execute("""
            SELECT destination_id, value FROM flow WHERE origin_id = 'COM59183' AND period = '2012'
            ORDER BY ALL
        """).fetchall()
        names = connection.execute("SELECT DISTINCT code, detail FROM rejected ORDER BY ALL").fetchall()
    assert dunkerque == [("BE", 5.0), ("NIS57096", 4.0)], "the communes and the list of places of its year"
    assert ("ZZZZZ", "3 workers of 2012: abroad, place not held") in names

    census.replay.asked.clear()
    assert census.run("fetch", "base_flux")[1].startswith("base_flux: unchanged")
    assert [asked.headers["if-none-match"] for asked in census.replay.asked] == [f'"{year}"' for year in FLUX]


def test_every_year_may_be_chosen_and_a_line_joins_those_five_apart(census: Census) -> None:
    census.serve()
    assert census.run("fetch", "base_flux")[0] == 0

    offered = flow_offers.offers()
    assert set(offered.loc[offered["source_id"] == "census@base_flux", "period"]) == set(EVERY_YEAR)
    lines = flow_sources.lines("FRE11", "BE").frame
    own = lines[lines["comparable_group"] == "base_flux"]
    assert set(own["period"]) == set(EVERY_YEAR)
    assert set(own.dropna(subset=["line"])["period"]) == {"2012", "2018", "2023"}


def test_one_edition_at_fault_is_named_and_the_others_enter(census: Census) -> None:
    faulty = flux(2018, "59350;Lille;BE540;Mouscron;12", "59350;Lille;ZZZZZ;a;1", "59350;Lille;ES001;a;7")
    census.serve(y2018=faulty)

    code, _, err = census.run("fetch", "base_flux")

    assert code == 1
    (line,) = err
    assert line.startswith(f"base_flux, {census.replay.url}{FLUX[2018]}, row 4: 'ES001' is no place of work")
    assert census.workers() == EVERY_YEAR, "of 2018 what was there stays"
    assert census.held("base_flux") == [f"base_flux-{year}.zip" for year in FLUX]


def test_an_edition_that_does_not_come_stops_no_other(census: Census) -> None:
    census.serve()
    census.replay.serve(FLUX[2015], status(404))
    census.replay.serve(FLUX[2018], status(404))

    code, _, err = census.run("fetch", "base_flux")

    assert code == 1
    addresses = [f"{census.replay.url}{FLUX[year]}" for year in (2015, 2018)]
    assert [line.split(": ")[0] for line in err] == [f"base_flux, {address}" for address in addresses]
    assert census.workers() == {year: workers for year, workers in EVERY_YEAR.items() if year != "2015"}

    census.serve()
    census.replay.asked.clear()
    assert census.run("fetch", "base_flux")[0] == 0
    assert census.workers() == EVERY_YEAR
    without = [asked.path for asked in census.replay.asked if "if-none-match" not in asked.headers]
    assert without == [FLUX[2015], FLUX[2018]], "the others are asked for only if they are new"


def test_where_no_edition_comes_nothing_changes(census: Census) -> None:
    for path in FLUX.values():
        census.replay.serve(path, status(404))
    code, _, err = census.run("fetch", "base_flux")
    assert (code, len(err)) == (1, 1)
    assert census.workers() == {"2018": 2018.5, "2023": 2023.5}


def test_a_later_edition_brought_by_hand_stands_beside_the_others(census: Census) -> None:
    assert census.bring("base_flux", flux(2024)) == (0, [])
    assert census.workers() == {"2018": 2018.5, "2023": 2023.5, "2024": 2024.5}
    assert census.held("base_flux") == [f"base_flux-{year}.zip" for year in (2018, 2023, 2024)]
    assert (census.lock("base_flux").vintage, census.lock("base_flux").origin) == ("2018–2024", "archive")


def test_an_edition_takes_the_place_of_the_one_of_its_year(census: Census) -> None:
    mended = flux(2018, "59350;Lille;BE540;Mouscron;7", "59183;D;BE540;M;1", "59350;L;ZZZZZ;a;1")
    assert census.bring("base_flux", mended, options=("--accept",)) == (0, [])
    assert census.workers() == {"2018": 7.0, "2023": 2023.5}
    former = sorted((census.data / "vintages/insee/base_flux").iterdir())
    assert len(former) == 1, "what it said before is kept"


def test_an_edition_that_is_here_already_changes_nothing(census: Census) -> None:
    before = census.build
    census.bring("base_flux", flux(2018))
    log = (census.data / "fetch_log.jsonl").read_text().splitlines()
    assert json.loads(log[-1])["outcome"] == "unchanged"
    assert census.build == before
    assert census.workers() == {"2018": 2018.5, "2023": 2023.5}


def test_two_files_of_one_year_are_refused(census: Census) -> None:
    code, (line,) = census.bring("base_flux", flux(2017), flux(2017))
    assert code == 1
    assert (
        line == f"base_flux, {census.files / '1.zip'}: two of its files are of 2017. Bring one file a year."
    )
    assert census.workers() == {"2018": 2018.5, "2023": 2023.5}


# --- the answers one by one, with how people travel ------------------------------------------------


def mobpro(year: int, *answers: str) -> bytes:
    """Answers such as `BE540 4,5 5` of people of Lille: place, weight, mode. Text at first, later CSV."""
    lines = [
        f"59350;ZZZZZ;{place};99999;{weight};{mode}"
        for place, weight, mode in (answer.split() for answer in answers)
    ]
    text = "\n".join(["COMMUNE;ARM;DCFLT;DCLT;IPONDI;TRANS", *lines, ""])
    return zipped(f"FD_MOBPRO_{year}.{'txt' if year < 2016 else 'csv'}", text.encode())


MODES = "cross_border_commuters_by_mode"


def test_editions_of_the_answers_enter_by_hand_with_the_codes_of_their_year(census: Census) -> None:
    """Until 2016 all two-wheelers had one code, and the codes after it were others."""
    answers = [f"BE540 {code}0,5 {code}" for code in range(1, 6)]
    assert census.bring("mobpro", mobpro(2016, *answers), mobpro(2021, *answers, "BE540 60,5 6")) == (0, [])
    assert census.workers(MODES) == {
        "2016 no_travel": 10.5, "2016 walk": 20.5, "2016 two_wheelers": 30.5, "2016 car": 40.5,
        "2016 public_transport": 50.5,
        "2021 no_travel": 10.5, "2021 walk": 20.5, "2021 bicycle": 30.5, "2021 motorcycle": 40.5,
        "2021 car": 50.5, "2021 public_transport": 60.5,
    }  # fmt: skip
    assert census.bring("mobpro", mobpro(2022, "BE540 8,25 5")) == (0, [])
    assert census.workers(MODES)["2022 car"] == 8.25
    assert census.held("mobpro") == [f"mobpro-{year}.zip" for year in (2016, 2021, 2022)]
    assert census.lock("mobpro").vintage == "2016–2022"


@pytest.mark.parametrize(("year", "known"), [(2015, "1, 2, 3, 4, 5"), (2017, "1, 2, 3, 4, 5, 6")])
def test_a_code_of_another_edition_is_told(census: Census, year: int, known: str) -> None:
    code, (line,) = census.bring(
        "mobpro", mobpro(year, "BE540 1,5 5", f"BE540 1,5 {6 if year < 2017 else 7}")
    )
    assert code == 1
    assert f"row 3: mode '{6 if year < 2017 else 7}' is unknown: the modes of {year} are {known}" in line
