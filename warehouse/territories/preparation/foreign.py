"""Codes of workplaces abroad in INSEE's census files -> municipality of today, else the region we hold.

The nomenclature (variable DCFLT of RP2021, also the foreign codes of the base flux) is frozen in older
municipalities and gives names in capitals without accents: a Belgian code has its REFNIS number in a table
of its own, a Swiss one is found by its name in its canton, a German one tells its Kreis or its Land, a
Luxembourg one its country.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from warehouse.territories.preparation.codes import CURRENT, Row, successors_2018, successors_2025
from warehouse.territories.preparation.layers import NEIGHBOUR_NUTS2
from warehouse.territories.preparation.official import OfficialFiles, nuts_names, table
from warehouse.territories.preparation.swiss import SwissMunicipalities

SCHEME = "INSEE_FOREIGN"
MONACO, LUXEMBOURG = "MO001", "LU000"
SWISS_CANTONS = {
    "2": "CH021", "5": "CH023", "6": "CH031", "7": "CH032", "8": "CH033", "9": "CH011", "A": "CH012",
    "B": "CH024", "C": "CH013", "D": "CH025",
}  # fmt: skip
# Beginning of a German code -> NUTS, by the municipalities it lists: Kreise of Saarland and Rheinland-Pfalz.
GERMAN_REGIONS = {
    "AL1": "DEC", "AL10": "DEC02", "AL11": "DEC03", "AL12": "DEC04", "AL13": "DEC05", "AL14": "DEC06",
    "AL15": "DEC01",
    "AL2": "DEB", "AL20": "DEB14", "AL21": "DEB3K", "AL22": "DEB3F", "AL23": "DEB3H", "AL24": "DEB3E",
    "AL25": "DEB3I", "AL26": "DEB3C", "AL27": "DEB3G", "AL28": "DEB25", "AL2A": "DEB3A", "AL2B": "DEB37",
    "AL2C": "DEB32", "AL2D": "DEB33", "AL2E": "DEB36", "AL2F": "DEB34", "AL2G": "DEB38", "AL2H": "DEB31",
    "AL2I": "DEB21", "AL2M": "DEB22", "AL2N": "DEB15", "AL2O": "DEB23", "AL2P": "DEB3D",
    "AL3": "DE1",
}  # fmt: skip
BADEN_WURTTEMBERG = (
    "AL3"  # listed from A to Z: only a town that is a region of its own is known beyond its Land
)
TOWN_REGION = re.compile(r"(.+), (?:Stadtkreis|Kreisfreie Stadt)")
FRENCH_NAMES = {"BALE": "BASEL", "BERNE": "BERN"}  # where the nomenclature translates
NO_PLACE = ("99999", "ZZZZZ")  # works in France; another foreign municipality, or not applicable


def foreign_codes(files: OfficialFiles, swiss: SwissMunicipalities) -> list[Row]:
    labels = dict(
        line.split(",", 1)
        for line in files.foreign_workplaces.read_text(encoding="utf-8").split("\n")
        if line
    )
    held = {code: label.strip() for code, label in labels.items() if code not in NO_PLACE}
    places = {
        **_belgian(files),
        **_swiss(held, swiss),
        **_german(held, nuts_names(files)),
        **{code: LUXEMBOURG for code in held if code.startswith("LU")},
        MONACO: "MC",
    }
    return [(SCHEME, code, CURRENT, places[code], 1.0) for code in sorted(held)]


def _belgian(files: OfficialFiles) -> dict[str, str]:
    to_2019, to_2025 = successors_2018(files), successors_2025(files)
    frame = table(files.foreign_belgian)
    pairs = zip(frame["insee_code"], frame["nis_code_2018"], strict=True)
    return {code: f"NIS{to_2025[to_2019[refnis]]}" for code, refnis in pairs}


def _swiss(labels: Mapping[str, str], swiss: SwissMunicipalities) -> dict[str, str]:
    """By name and canton in the oldest edition that knows the name; else the canton, or the country."""
    by_name: dict[tuple[str, str], str] = {}
    for edition in swiss.editions.values():
        for code, each in edition.items():
            for name in _names(each.name):
                by_name.setdefault((each.canton, name), f"BFS{swiss.now.get(code, code)}")
    found = {}
    for code, label in labels.items():
        if code.startswith("SU"):
            canton = SWISS_CANTONS.get(code[2])
            known = [by_name[canton, name] for name in _names(label) if canton and (canton, name) in by_name]
            found[code] = known[0] if known else canton or "CH"
    return found


def _german(labels: Mapping[str, str], regions: Mapping[str, str]) -> dict[str, str]:
    towns = {
        _folded(town[1]): code
        for code, name in regions.items()
        if code.startswith(NEIGHBOUR_NUTS2) and (town := TOWN_REGION.fullmatch(name))
    }
    found = {}
    for code, label in labels.items():
        if code.startswith("AL"):
            region = GERMAN_REGIONS.get(code[:4]) or GERMAN_REGIONS.get(code[:3], "DE")
            own = towns.get(_folded(label)) if code.startswith(BADEN_WURTTEMBERG) else None
            found[code] = own or region
    return found


def _names(written: str) -> Iterator[str]:
    """The ways a Swiss name may be written: whole, each of two languages, without its canton in brackets."""
    for name in (written, *written.split("/"), re.sub(r" \(.+\)$", "", written)):
        folded = _folded(name)
        yield FRENCH_NAMES.get(folded, folded)


def _folded(name: str) -> str:
    """Capitals without accents or hyphens; Saint is shortened, as it is in the register only."""
    plain = unicodedata.normalize("NFKD", name.upper().replace("Œ", "OE").replace("ß", "SS"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join("ST" if word == "SAINT" else word for word in re.findall(r"[A-Z0-9]+", letters))
