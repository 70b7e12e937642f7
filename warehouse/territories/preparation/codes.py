"""Every code a provider may use -> our territory (correspondence.csv)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from warehouse.territories.preparation import official
from warehouse.territories.preparation.official import OfficialFiles, nuts_names, nuts_overlaps, table

Row = tuple[str, str, str, str, float]  # scheme, code, vintage, territory_id, share

COLUMNS = ["scheme", "code", "vintage", "territory_id", "share"]
CURRENT = "current"
SMALLEST_SHARE = 0.001  # below, an overlap is noise: a code with 0.999 of its people in one place is there

REGIONS = {"01000": "BE", "02000": "BE2", "03000": "BE3", "04000": "BE1"}
PROVINCES = {
    "10000": "BE21", "20001": "BE24", "20002": "BE31", "30000": "BE25", "40000": "BE23",
    "50000": "BE32", "60000": "BE33", "70000": "BE22", "80000": "BE34", "90000": "BE35",
}  # fmt: skip
NUTS3_OF_FRANCE = re.compile(r"FR[1-9A-M]..$")
OVERSEAS_DEPARTMENTS = {"971": "FRY10", "972": "FRY20", "973": "FRY30", "974": "FRY40", "976": "FRY50"}


def nuts_codes(files: OfficialFiles, held: Iterable[str]) -> list[Row]:
    """Codes of today, and older ones with the share of their people in each of our regions."""
    ours = set(held)
    rows: list[Row] = [("NUTS", code, CURRENT, code, 1.0) for code in sorted(ours)]
    for overlap in nuts_overlaps(files):
        if overlap.territory_id in ours and overlap.share >= SMALLEST_SHARE:
            share = round(overlap.share, 4)
            rows.append(("NUTS", overlap.old_code, overlap.vintage, overlap.territory_id, share))
    return rows


def departments(files: OfficialFiles) -> dict[str, str]:
    """INSEE department code -> NUTS 3, matched by name; KeyError on the first without a match."""
    by_name = {_folded(name): code for code, name in nuts_names(files).items() if NUTS3_OF_FRANCE.match(code)}
    frame = official.departments(files)
    matched = {code: by_name[_folded(name)] for code, name in zip(frame["code"], frame["nom"], strict=True)}
    return {**matched, **OVERSEAS_DEPARTMENTS}


def successors_2025(files: OfficialFiles) -> dict[str, str]:
    """REFNIS code of 2019–2024 -> code of 2025."""
    frame = table(files.refnis_2019_to_2025)
    return dict(zip(frame["refnis_2019_2024"], frame["refnis_2025"], strict=True))


def successors_2018(files: OfficialFiles) -> dict[str, str]:
    """REFNIS code in force until 2018 -> code of 2019; codes that did not change stand for themselves."""
    frame = table(files.refnis, "|")
    held_2018 = frame[(frame["LVL_REFNIS"] == "4") & frame["DT_VLDT_END"].isin(["31/12/2018", "31/12/9999"])]
    renamed_frame = table(files.refnis_2018_to_2019)
    renamed = dict(zip(renamed_frame["refnis_before_2019"], renamed_frame["refnis_2019"], strict=True))
    begun_2019 = set(held_2018.loc[held_2018["DT_VLDT_START"] == "01/01/2019", "CD_REFNIS"])
    return {code: renamed.get(code, code) for code in sorted(set(held_2018["CD_REFNIS"]) - begun_2019)}


def refnis_codes(
    files: OfficialFiles, nuts3_2019: Mapping[str, str], nuts3_2025: Mapping[str, str]
) -> list[Row]:
    """Kingdom to municipality, as in force in 2018, from 2019 (to 2024) and now."""
    to_2019, to_2025 = successors_2018(files), successors_2025(files)
    editions = {
        "2018": {code: (to_2025[new], nuts3_2019[new]) for code, new in to_2019.items()},
        "2019": {code: (to_2025[code], nuts3_2019[code]) for code in to_2025},
        CURRENT: {code: (code, nuts3_2025[code]) for code in nuts3_2025},
    }
    rows: list[Row] = []
    for edition, municipalities in editions.items():
        people = files.belgian_population(edition)
        nuts3 = {code: region for code, (_, region) in municipalities.items()}
        placed = [
            *((code, region, 1.0) for code, region in {**REGIONS, **PROVINCES}.items()),
            *_arrondissements(nuts3, people),
            *((code, f"NIS{now}", 1.0) for code, (now, _) in municipalities.items()),
        ]
        rows += [("REFNIS", code, edition, place, share) for code, place, share in placed]
    return rows


def arrondissements_of_nuts3(files: OfficialFiles) -> dict[str, str]:
    """NUTS 3 -> the one arrondissement it is; the two halves of Verviers have none."""
    frame = table(files.refnis_2019_to_2025)
    pairs = frame[["nuts3_2024", "arr_refnis"]].drop_duplicates()
    whole = pairs[~pairs["arr_refnis"].duplicated(keep=False)]
    return dict(zip(whole["nuts3_2024"], whole["arr_refnis"], strict=True))


def _arrondissements(nuts3: Mapping[str, str], people: Mapping[str, int]) -> Iterable[tuple[str, str, float]]:
    """Arrondissement -> NUTS 3 by population. A municipality's code begins with its arrondissement's."""
    overlap: Counter[tuple[str, str]] = Counter()
    for code, region in nuts3.items():
        overlap[code[:2] + "000", region] += people[code]
    whole: Counter[str] = Counter()
    for (arrondissement, _), inhabitants in overlap.items():
        whole[arrondissement] += inhabitants
    for (arrondissement, region), inhabitants in sorted(overlap.items()):
        yield arrondissement, region, round(inhabitants / whole[arrondissement], 4)


def as_frame(rows: Iterable[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=COLUMNS)
    return frame.sort_values(["scheme", "vintage", "code", "territory_id"]).reset_index(drop=True)


def _folded(name: str) -> str:
    """Letters only, without accents: Côte-d'Or and Côte-d’Or are one."""
    letters = unicodedata.normalize("NFKD", name).lower()
    return "".join(letter for letter in letters if letter.isalpha() and letter.isascii())
