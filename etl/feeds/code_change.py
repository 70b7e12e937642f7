"""Which code became which, change by change → rows of `correspondence` for codes our list does not know."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds.fed import Fed, LeftOut, rejected
from etl.feeds.rows import require_columns, understand
from etl.harmonise import CURRENT, Places, read_period

COLUMNS = ("scheme", "code", "vintage", "territory_id", "share")


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """A code that lapsed leads to the territory of what it became, a new one to that of what it was.

    [places] names the column of the code before and, by `towards`, after. What our list knows stays as it
    is; a change after it is listed: the territories have to be prepared again. Raises WrongRequest: a column
    that is not there, a day that is none.
    """
    if dataset.places is None or dataset.places.towards is None or dataset.period is None:
        raise WrongRequest(
            "changes of codes need two codes and a day", "write [places] with `towards`, and [period]"
        )
    before, after, day = dataset.places.column, dataset.places.towards, dataset.period.column
    require_columns(frame, [before, after, day])
    form, scheme = dataset.period.form, dataset.places.scheme
    years = understand(frame, frame[day], lambda text: int(read_period(text, form).period))
    changes = frame.assign(year=years).sort_values("year", kind="stable")
    changed = changes[changes[before] != changes[after]]
    became = dict(zip(changed[before], changed[after], strict=True))  # the last change of each code
    parts_held = places.former_parts(scheme)
    is_held = set(zip(parts_held["code"], parts_held["vintage"], strict=True))
    rows, left_out = [], []
    for (year, code), parts in changes.groupby(["year", after]):
        origins = sorted(set(parts[before]))
        if places.knows(scheme, code) and all(places.knows(scheme, each) for each in origins):
            left_out += _after_our_list(places, scheme, code, origins, year)
        elif place := _place(places, scheme, code, became):
            # With the codes that stay: a place is made up of all its parts of an edition, or of none.
            edition = str(year - 1)
            rows += [
                (scheme, each, edition, place, 1.0) for each in origins if (each, edition) not in is_held
            ]
        elif len(origins) == 1 and (place := _place(places, scheme, origins[0], {})):
            rows.append((scheme, code, CURRENT, place, 1.0))
    table = pd.DataFrame(rows, columns=list(COLUMNS)).drop_duplicates(["scheme", "code", "vintage"])
    return Fed({"correspondence": table}, rejected(dataset.dataset_id, left_out))


def _place(places: Places, scheme: str, code: str, became: Mapping[str, str]) -> str | None:
    """The territory of a code, or of what it became in the end."""
    seen = {code}
    while not places.knows(scheme, code) and code in became and became[code] not in seen:
        code = became[code]
        seen.add(code)
    return places.today(scheme, code) if places.knows(scheme, code) else None


def _after_our_list(places: Places, scheme: str, code: str, origins: list[str], year: int) -> list[LeftOut]:
    """Codes that our list holds in force beside the one they were merged into."""
    place = places.today(scheme, code)
    others = [each for each in origins if places.resolve(scheme, each).territory_id not in (None, place)]
    detail = f"became {code} in {year}, after our list of territories: prepare it again"
    return [LeftOut("superseded", each, detail) for each in others]
