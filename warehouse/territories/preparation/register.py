"""The rows of territory.csv: names, parents, validity."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shapely import Point

from warehouse.territories.preparation import codes, official
from warehouse.territories.preparation.mosaic import Outlines
from warehouse.territories.preparation.official import NUTS_VINTAGES, OfficialFiles, table

LANGUAGES = ("fr", "nl", "de", "en")
# When each NUTS edition came into force. What was already in the oldest we hold has an unknown beginning.
IN_FORCE = {"2010": "2012-01-01", "2013": "2015-01-01", "2016": "2018-01-01", "2021": "2021-01-01"}
ZONES_IN_FORCE = "2020-01-01"
INSEE_REGIONS = {
    "11": "FR1", "24": "FRB", "27": "FRC", "28": "FRD", "32": "FRE", "44": "FRF", "52": "FRG", "53": "FRH",
    "75": "FRI", "76": "FRJ", "84": "FRK", "93": "FRL", "94": "FRM",
}  # fmt: skip
LEVEL_BY_LENGTH = {2: "country", 3: "nuts1", 4: "nuts2", 5: "nuts3"}
BRUSSELS = "21"  # its municipalities have two names; English takes the French one
INDICATIVE_SOURCE = "périmètre indicatif composé par l’observatoire"
Names = Mapping[str, str]


@dataclass(frozen=True)
class Territory:
    """One row of territory.csv, before its outline is known."""

    territory_id: str
    level: str
    country: str
    names: Names
    parent_id: str = ""
    nuts_id: str = ""
    national_code: str = ""
    valid_from: str = ""  # ISO date, empty when unknown
    is_indicative: bool = False
    position: tuple[float, float] | None = None  # only for a place without an outline


@dataclass(frozen=True)
class AuthoredPlaces:
    """What areas.toml declares."""

    territories: Sequence[Territory]
    members: Mapping[str, Sequence[str]]
    sources: Mapping[str, str]


def authored_places(path: Path) -> AuthoredPlaces:
    declared: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    areas = [Territory(area["id"], "area", "", area["name"], is_indicative=True) for area in declared["area"]]
    points = [
        Territory(
            territory_id=point["id"],
            level=point["level"],
            country=point.get("country", ""),
            names=point.get("name", {}),
            position=(point["lon"], point["lat"]),
        )
        for point in declared["point"]
    ]
    return AuthoredPlaces(
        territories=[*areas, *points],
        members={area["id"]: area["members"] for area in declared["area"]},
        sources={area["id"]: area.get("source", INDICATIVE_SOURCE) for area in declared["area"]},
    )


def sited(places: Iterable[Territory], areas: Outlines) -> list[Territory]:
    """The places, each point under the smallest area its position lies in, if it lies in any."""
    return [
        replace(place, parent_id=_smallest_around(place.position, areas))
        if place.level == "point" and place.position
        else place
        for place in places
    ]


def _smallest_around(position: tuple[float, float], areas: Outlines) -> str:
    around = [(outline.area, code) for code, outline in areas.items() if outline.contains(Point(position))]
    return min(around)[1] if around else ""


def authored_names(path: Path) -> dict[str, Names]:
    frame = table(path).set_index("territory_id")
    return {
        str(code): dict(zip(LANGUAGES, row, strict=True)) for code, row in frame[list(LANGUAGES)].T.items()
    }


def named(territories: Iterable[Territory], names: Mapping[str, Names]) -> list[Territory]:
    """The territories with the names we wrote where we did; KeyError: one is for a place we do not hold."""
    held = {place.territory_id: place for place in territories}
    for code, own in names.items():
        held[code] = replace(held[code], names=own)
    return list(held.values())


def nuts_territories(files: OfficialFiles, nuts3: Iterable[str], countries: Iterable[str]) -> list[Territory]:
    """Countries and the three levels of regions above and including the NUTS 3 given."""
    held = sorted({code[:length] for code in nuts3 for length in (3, 4, 5)} | set(countries))
    local = {code: _local_name(name) for code, name in official.nuts_names(files).items()}
    departments = codes.departments(files)
    national = {
        **{nuts: code for code, nuts in {**codes.REGIONS, **codes.PROVINCES, **departments}.items()},
        **{nuts: code for code, nuts in INSEE_REGIONS.items()},
        **codes.arrondissements_of_nuts3(files),
    }
    belgian = _arrondissement_names(files)
    beginnings = _beginnings(files)
    return [
        Territory(
            territory_id=code,
            level=LEVEL_BY_LENGTH[len(code)],
            country=code[:2],
            names=belgian.get(national.get(code, ""), dict.fromkeys(LANGUAGES, local.get(code, ""))),
            parent_id=code[:-1] if len(code) > 2 else "",
            nuts_id=code if code not in ("AD", "MC") else "",
            national_code=national.get(code, ""),
            valid_from=beginnings.get(code, ""),
        )
        for code in held
    ]


def employment_zone_territories(files: OfficialFiles) -> list[Territory]:
    """Zones under the department that holds most of their communes: some reach into a second one."""
    nuts3 = codes.departments(files)
    frame = official.employment_zones(files)
    names = {code: name.replace("'", "’") for code, name in zip(frame["ze"], frame["libze"], strict=True)}
    return [
        Territory(
            territory_id=f"ZE{code}",
            level="employment_zone",
            country="FR",
            names=dict.fromkeys(LANGUAGES, names[code]),
            parent_id=nuts3[department],
            national_code=code,
            valid_from=ZONES_IN_FORCE,
        )
        for code, department in official.departments_of_zones(files).items()
    ]


def municipality_territories(
    files: OfficialFiles, nuts3: Mapping[str, str], starts: Mapping[str, str]
) -> list[Territory]:
    """The municipalities of 2025; `nuts3` gives the parent, `starts` the day the code came into force."""
    frame = table(files.refnis_2019_to_2025)
    german = frame.set_index(["refnis_2025", "name_nl"])["name_de"].to_dict()
    language = dict(zip(frame["refnis_2025"], frame["agdp_langcode"].str[0], strict=True))
    rows = []
    for code, official_names in sorted(official.municipality_names_2025(files).items()):
        nl, fr = official_names["nl"], official_names["fr"]
        de = german.get((code, nl), nl)
        english = fr if code.startswith(BRUSSELS) else {"D": nl, "F": fr, "G": de}[language[code]]
        names = {"fr": fr, "nl": nl, "de": de, "en": english}
        rows.append(
            Territory(
                territory_id=f"NIS{code}",
                level="municipality",
                country="BE",
                names={key: name.replace("'", "’") for key, name in names.items()},
                parent_id=nuts3[code],
                national_code=code,
                valid_from=starts[code],
            )
        )
    return rows


def _beginnings(files: OfficialFiles) -> dict[str, str]:
    """Region -> first day of the NUTS edition that brought its code; none for those of the oldest."""
    seen: set[str] = set()
    beginnings: dict[str, str] = {}
    for vintage in (*NUTS_VINTAGES, "2021"):
        held = official.nuts_codes_of(files, vintage)
        if vintage in IN_FORCE:
            beginnings |= dict.fromkeys(held - seen, IN_FORCE[vintage])
        seen |= held
    return beginnings


def _local_name(official_name: str) -> str:
    """The official name without the word for its kind: Arr. Ath -> Ath, Prov. Liège -> Liège."""
    name = official_name.replace("'", "’").removeprefix("Arr. ").removeprefix("Prov. ")
    return name.replace(" — ", " – ").replace(" / ", " – ")


def _arrondissement_names(files: OfficialFiles) -> dict[str, Names]:
    """Arrondissement -> names without their kind; English takes the name of the local language."""
    frame = table(files.refnis, "|")
    rows = frame[(frame["LVL_REFNIS"] == "3") & (frame["DT_VLDT_END"] == "31/12/9999")]
    flemish = ("1", "3", "4", "7", "23", "24")
    names: dict[str, Names] = {}
    for code, de, fr, nl in zip(
        rows["CD_REFNIS"], rows["TX_REFNIS_DE"], rows["TX_REFNIS_FR"], rows["TX_REFNIS_NL"], strict=True
    ):
        short = {"fr": _without_kind(fr), "nl": _without_kind(nl), "de": _without_kind(de)}
        names[code] = {**short, "en": short["nl"] if code.startswith(flemish) else short["fr"]}
    return names


def _without_kind(name: str) -> str:
    for kind in ("Arrondissement de ", "Arrondissement d'", "Arrondissement ", "Bezirk "):
        name = name.removeprefix(kind)
    return name.replace("'", "’")
