"""A world of two datasets and nine territories in a temporary folder, for tests to break one thing in it."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.build import build
from etl.declaration import ETL
from etl.lock import Lock, write_lock
from etl.snapshot import Layers
from etl.world import World

TERRITORIES = """\
territory_id,level,country,name_fr,name_nl,name_de,name_en,parent_id,nuts_id,national_code,valid_from,valid_to,lon,lat,is_border,is_indicative
FR,country,FR,France,Frankrijk,Frankreich,France,,FR,,,,2.5,46.5,true,false
FRE,nuts1,FR,Hauts-de-France,Hauts-de-France,Hauts-de-France,Hauts-de-France,FR,FRE,32,,,2.8,50.0,true,false
FRE1,nuts2,FR,Nord-Pas-de-Calais,Nord-Pas-de-Calais,Nord-Pas-de-Calais,Nord-Pas-de-Calais,FRE,FRE1,,,,2.8,50.5,true,false
BE,country,BE,Belgique,België,Belgien,Belgium,,BE,01000,,,4.7,50.6,true,false
BE32,nuts2,BE,Hainaut,Henegouwen,Hennegau,Hainaut,BE,BE32,50000,,,4.0,50.5,true,false
BE328,nuts3,BE,Tournai-Mouscron,Doornik-Moeskroen,Tournai-Mouscron,Tournai-Mouscron,BE32,BE328,57000,,,3.4,50.6,true,false
BE329,nuts3,BE,La Louvière,La Louvière,La Louvière,La Louvière,BE32,BE329,58000,,,4.2,50.5,false,false
NIS57096,municipality,BE,Mouscron,Moeskroen,Mouscron,Mouscron,BE328,,57096,,,3.2,50.7,true,false
AREA,area,,Aire,Gebied,Gebiet,Area,,,,,,3.0,50.5,true,true
"""

# FRE1 was FR30. BE324 and BE327 make up BE328; of BE325 only a part went to BE329.
CORRESPONDENCE = """\
scheme,code,vintage,territory_id,share
NUTS,FR,current,FR,1
NUTS,FRE,current,FRE,1
NUTS,FRE1,current,FRE1,1
NUTS,BE,current,BE,1
NUTS,BE32,current,BE32,1
NUTS,BE328,current,BE328,1
NUTS,BE329,current,BE329,1
NUTS,FR30,2013,FRE1,1
NUTS,BE324,2016,BE328,1
NUTS,BE327,2016,BE328,1
NUTS,BE325,2016,BE329,0.4172
REFNIS,57096,current,NIS57096,1
REFNIS,50000,current,BE32,1
REFNIS,54007,2018,NIS57096,1
"""

POSTAL_CODE = "country,postal_code,territory_id\nBE,7700,NIS57096\n"

MEMBERSHIP = "area_id,territory_id,source\nAREA,FRE1,a test\nAREA,BE32,a test\n"

WORDS = 'fr = "f"\nnl = "n"\nen = "e"\n'

POPULATION_TOML = f"""\
provider = "eurostat"
format = "tsv"
homepage = "https://example.org/population"
url = "https://example.org/population.tsv"
archive = "population.tsv"
vintage = "2026-04"
frequency = "annual"
[title]
{WORDS}
[keep]
unit = ["NR"]
[places]
column = "geo"
scheme = "NUTS"
keep = ["FR", "BE"]
[period]
form = "year"
[[indicator]]
id = "population"
theme = "population"
dimensions = {{ sex = "sex" }}
kind = "count"
unit = "INHABITANT"
decimals = 0
minimum = 0
headline = 1
[indicator.label]
{WORDS}
[indicator.description]
{WORDS}
"""

# Figures of demo_r_pjanaggr3, edition of April 2026, for FRE1 and BE32; the rest is made up.
POPULATION_TSV = """\
freq,unit,sex,geo\\TIME_PERIOD\t2024 \t2025
A,NR,T,BE32\t1364549 \t1369741
A,NR,T,FRE1\t4069970 p\t: u
A,NR,T,FRZZ\t0n\t:
A,THS,T,BE32\t1364.5 \t1369.7
A,NR,T,NL\t17942942 \t18044027
"""

RATE_TOML = f"""\
provider = "eurostat"
format = "tsv"
homepage = "https://example.org/rate"
url = "https://example.org/rate.tsv"
archive = "rate.tsv"
vintage = "2026-04"
frequency = "annual"
[title]
{WORDS}
[places]
column = "geo"
scheme = "NUTS"
[period]
form = "year"
[[indicator]]
id = "rate"
theme = "employment"
kind = "rate"
unit = "PC"
decimals = 1
good = "down"
minimum = 0
maximum = 100
[indicator.label]
{WORDS}
[indicator.description]
{WORDS}
"""

RATE_TSV = "geo\\time\t2025 \t2024 \nFRE1\t8.9 \t9.4 bu\nBE32\t7.6 d\t: c\n"


@dataclass(frozen=True)
class SmallWorld:
    """A root folder with `datasets`, `territories`, `embedded`, `archive` and, for the builds, `data`."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def world(self) -> World:
        return World(
            layers=Layers(snapshots=self.data / "snapshots", embedded=self.root / "embedded"),
            datasets=(self.root / "datasets",),
            lists=ETL,
            territories=self.root / "territories",
        )

    def declare(self, name: str, toml: str, provider: str = "eurostat") -> Path:
        return self._write(f"datasets/{provider}/{name}.toml", toml)

    def refresh(self, name: str, content: bytes, provider: str = "eurostat") -> Path:
        """Put bytes above the embedded layer, as a fetch would, with their lock."""
        file = self.data / "snapshots" / provider / name / f"{name}.tsv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        write_lock(file.with_name("lock.toml"), lock(name, hashlib.sha256(content).hexdigest(), provider))
        return file

    def forget(self, name: str, provider: str = "eurostat") -> None:
        """Take the refreshed bytes away."""
        shutil.rmtree(self.data / "snapshots" / provider / name)

    def territory_table(self, name: str, content: str) -> Path:
        return self._write(f"territories/{name}.csv", content)

    def build(self) -> Path:
        return build(self.data, self.world)

    def _write(self, path: str, content: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        return file


def small_world(root: Path) -> SmallWorld:
    """Population and a rate, both refreshed, over nine territories."""
    small = SmallWorld(root)
    small.territory_table("territory", TERRITORIES)
    small.territory_table("correspondence", CORRESPONDENCE)
    small.territory_table("postal_code", POSTAL_CODE)
    small.territory_table("membership", MEMBERSHIP)
    small.declare("population", POPULATION_TOML)
    small.declare("rate", RATE_TOML)
    small.refresh("population", POPULATION_TSV.encode())
    small.refresh("rate", RATE_TSV.encode())
    return small


def lock(name: str, sha256: str, provider: str = "eurostat") -> Lock:
    return Lock(
        provider=provider,
        dataset=name,
        vintage="2026-04",
        url=f"https://example.org/{name}.tsv",
        licence="CC BY 4.0",
        origin="api",
        sha256=sha256,
        bytes=1,
        source_rows=1,
        rows=1,
        fetched_at=date(2026, 4, 9),
    )
