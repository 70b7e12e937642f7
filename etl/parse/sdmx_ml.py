"""SDMX-ML 2.1 data: StructureSpecificData (Eurostat, Insee BDM today), GenericData (Insee BDM until 2018).

Dimensions and attributes of a series stand as XML attributes in the first, as `Value id= value=` in the
second. A series may be left out: then every observation bears its whole key.
"""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

import pandas as pd

from etl.errors import SourceError, TryAgain, WrongRequest
from etl.parse.answer import refusal
from etl.parse.content import FETCH_AGAIN, refuse_a_page, unpack
from etl.parse.options import checked
from etl.parse.table import CONFIDENTIALITY_COLUMN, FLAG_COLUMNS, ROW, flags_of, require_columns, without_tiny

MISSING = ("", ":", "NaN")


@dataclasses.dataclass(frozen=True)
class Options:
    """The message says all but how we name it."""

    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Provider's name → ours, where an extract in another format has ours."""
    prefixes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Provider's column → the letters before its codes: Insee writes `D59` for the department 59."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """One row an observation: key and attributes of its series, TIME_PERIOD, OBS_VALUE, OBS_FLAG, row.

    `row` is the place of the observation in the message, from 1.
    """
    chosen = checked(Options, options)
    root = _root(unpack(content))
    observations = list(_generic(root) if _local(root) == "GenericData" else _specific(root))
    if not observations:
        raise _without_data(root)
    frame = pd.DataFrame(observations).astype("str").fillna("")
    for name in ("TIME_PERIOD", "OBS_VALUE"):
        if name not in frame:
            raise TryAgain(f"no observation has a {name}", FETCH_AGAIN)
    flags, values = flags_of(frame), frame["OBS_VALUE"]
    about = {"TIME_PERIOD", "OBS_VALUE", CONFIDENTIALITY_COLUMN, *FLAG_COLUMNS}
    series = [name for name in frame.columns if name not in about]
    long = frame[[*series, "TIME_PERIOD"]].assign(
        OBS_VALUE=without_tiny(values.mask(values.isin(MISSING), ""), flags), OBS_FLAG=flags
    )
    require_columns(list(long.columns), [*chosen.columns, *chosen.prefixes])
    bare = {name: long[name].str.removeprefix(prefix) for name, prefix in chosen.prefixes.items()}
    return long.assign(**bare, **{ROW: range(1, len(long) + 1)}).rename(columns=dict(chosen.columns))


def _root(plain: bytes) -> ET.Element:
    refuse_a_page(plain)
    if b"<!DOCTYPE" in plain[:2000]:
        raise TryAgain("the XML declares a document type, which no SDMX message has", FETCH_AGAIN)
    try:
        root = ET.fromstring(plain)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise TryAgain(f"the XML is cut or damaged ({error})", FETCH_AGAIN) from error
    if _local(root) == "Fault":
        raise refusal(_number(root.findtext("faultcode")), root.findtext("faultstring") or "")
    if _local(root) == "Error":
        message = next(iter(_named(root, "ErrorMessage")), root)
        raise refusal(_number(message.get("code")), " ".join(root.itertext()))
    if _local(root) not in ("StructureSpecificData", "GenericData"):
        raise WrongRequest(
            f"the message is {_local(root)}, not data",
            "correct `path` in [request]: ask for data, not structures",
        )
    return root


def _without_data(root: ET.Element) -> SourceError:
    """Why there is no observation: a footer says so, or nothing was found."""
    for footer in _named(root, "Footer"):
        return TryAgain(
            f"there is no data yet, only a message: “{' '.join(' '.join(footer.itertext()).split())[:160]}”",
            "ask again in some minutes, or ask for less with `parameters` in [request]",
        )
    return WrongRequest("the message holds no observation", "correct `path` and `parameters` in [request]")


def _specific(root: ET.Element) -> Iterator[dict[str, str]]:
    for data in _named(root, "DataSet"):
        for child in data:
            if _local(child) == "Series":
                for observation in _named(child, "Obs"):
                    yield {**child.attrib, **observation.attrib}
            elif _local(child) == "Obs":
                yield dict(child.attrib)


def _generic(root: ET.Element) -> Iterator[dict[str, str]]:
    for data in _named(root, "DataSet"):
        for child in data:
            if _local(child) == "Series":
                series = {**_values(child, "SeriesKey"), **_values(child, "Attributes")}
                for observation in _named(child, "Obs"):
                    yield {**series, **_generic_observation(observation)}
            elif _local(child) == "Obs":
                yield _generic_observation(child)


def _generic_observation(observation: ET.Element) -> dict[str, str]:
    found = {**_values(observation, "ObsKey"), **_values(observation, "Attributes")}
    for part in observation:
        if _local(part) == "ObsDimension":
            found[part.get("id") or "TIME_PERIOD"] = part.get("value", "")
        elif _local(part) == "ObsValue":
            found["OBS_VALUE"] = part.get("value", "")
    return found


def _values(parent: ET.Element, holder: str) -> dict[str, str]:
    """The `Value id= value=` pairs of the child called `holder`."""
    return {value.get("id", ""): value.get("value", "") for each in _named(parent, holder) for value in each}


def _named(parent: ET.Element, name: str) -> list[ET.Element]:
    """The children with this local name: prefixes differ between providers and years."""
    return [child for child in parent if _local(child) == name]


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _number(code: str | None) -> int | None:
    return int(code) if code and code.isascii() and code.isdigit() else None
