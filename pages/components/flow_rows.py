"""What the map of flows reads by URL: one short row a shape, made from a selection in a reader's language."""

from __future__ import annotations

from typing import Any, Literal

import numpy
import pandas

from pages.components import flow_shapes
from pages.components.flags import meaning
from pages.components.words import Words
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection

Shape = Literal["arcs", "dashes", "chevrons", "places"]
SHAPES: tuple[Shape, ...] = ("arcs", "dashes", "chevrons", "places")

# Insee: a flow of the census under 200 is to be handled with care; up to 500 it is still uncertain.
CAREFUL, UNCERTAIN = 200, 500
SOLID, LIGHT, DASHED = 0, 1, 2

# Beyond so many flows dashes and chevrons are noise: thin flows are pale, and colour alone says the way.
TOLD_APART = flow_map.DRAWN_AT_ONCE
DECIMALS = 3  # of a degree: a hundred metres
DASHES = 9  # points of a dashed curve
WIDE = 8  # pixels: such an arc carries its chevron inside


def rows(selection: Selection, shape: Shape, words: Words) -> list[dict[str, Any]]:
    """Rows of one shape, largest first. Keys are short because thousands travel; they are told in each maker.

    A flow with an end without coordinates, or from a place to itself, is no shape: it stays in the list.
    """
    if shape == "places":
        return _places(selection, words)
    flows = drawable(flow_map.chosen_flows(selection).frame)
    if flows.empty:
        return []
    begins, arrives = flow_shapes.ends(flows, selection.border)
    widths = flow_shapes.widths(flows["value"], flows["value"].max())
    looks = reliability(flows)
    told_apart = len(flows) <= TOLD_APART
    if shape == "arcs":
        return _arcs(flows, begins, arrives, widths, looks, words)
    if not told_apart:
        return []
    if shape == "dashes":
        dashed = looks == DASHED
        return _dashes(flows[dashed], begins[dashed], arrives[dashed], widths[dashed])
    return _chevrons(flows, begins, arrives, widths)


def drawable(flows: pandas.DataFrame) -> pandas.DataFrame:
    """The flows that can be a line from one place to another."""
    placed = flows[["origin_lon", "origin_lat", "destination_lon", "destination_lat"]].notna().all(axis=1)
    return flows[placed & (flows["origin_id"] != flows["destination_id"])]


def located(places: pandas.DataFrame) -> pandas.DataFrame:
    """The places that can be a disc: a whole country has none, nor a place without coordinates."""
    return places[(places["level"] != "country") & places["lon"].notna()]


def reliability(flows: pandas.DataFrame) -> numpy.ndarray[Any, numpy.dtype[numpy.int64]]:
    """SOLID, LIGHT or DASHED: small flows of a census are few people of a sample; registers count all."""
    values = flows["value"].to_numpy(dtype=float)
    census = flows["definition_id"].str.startswith("census").to_numpy()
    return numpy.where(~census | (values > UNCERTAIN), SOLID, numpy.where(values >= CAREFUL, LIGHT, DASHED))


def _arcs(
    flows: pandas.DataFrame, begins: Any, arrives: Any, widths: Any, looks: Any, words: Words
) -> list[dict[str, Any]]:
    """a, b: both ends; w: pixels; d: 1 enters France; k: reliability; t, v, f: what the hover says."""
    many = len(flows) > TOLD_APART
    return [
        {
            "a": _point(begin),
            "b": _point(end),
            "w": round(float(width), 1),
            "d": int(row["direction"] == "in"),
            "k": LIGHT if many and look == DASHED else int(look),
            **hover(row, int(look), words),
        }
        for row, begin, end, width, look in zip(
            flows.to_dict("records"), begins, arrives, widths, looks, strict=True
        )
    ]


def hover(row: dict[str, Any], look: int, words: Words) -> dict[str, str]:
    """From where to where; how many, as printed; flags in words."""
    rounding = f"flows.rounding_{row['flag_raw'].replace(' ', '_')}"
    said = [words(rounding)] if rounding in words else []
    if row["status"] != "A":
        said.append(meaning(row["status"], words))
    if look == DASHED:
        said.append(words("flows.careful"))
    if row["source_kind"] == "press":
        said.append(words("flows.press"))
    return {
        "t": f"{row[f'origin_{words.language}']} → {row[f'destination_{words.language}']}",
        "v": printed(row, words),
        "f": " · ".join(said),
    }


def printed(row: dict[str, Any], words: Words) -> str:
    """`environ 10 000`, `plus de 35 000`: the figure as its source printed it; rounding is a flag."""
    key = f"flows.printed_{row['flag_raw'].replace(' ', '_')}"
    number = words.number(row["value"])
    return words(key, number=number) if key in words else number


def _dashes(flows: pandas.DataFrame, begins: Any, arrives: Any, widths: Any) -> list[dict[str, Any]]:
    """p: the points of the curve; w, d as in arcs."""
    parts = numpy.linspace(0.02, 0.98, DASHES)
    curves = numpy.stack([flow_shapes.along(begins, arrives, part)[0] for part in parts], axis=1)
    return [
        {
            "p": [_point(point) for point in curve],
            "w": round(float(width), 1),
            "d": int(direction == "in"),
        }
        for curve, width, direction in zip(curves, widths, flows["direction"], strict=True)
    ]


def _chevrons(flows: pandas.DataFrame, begins: Any, arrives: Any, widths: Any) -> list[dict[str, Any]]:
    """p: near the end; g: degrees counter-clockwise; w: pixels; h: 1 within a wide arc; d as in arcs."""
    points, headings = flow_shapes.along(begins, arrives, flow_shapes.CHEVRON_AT)
    return [
        {
            "p": _point(point),
            "g": round(float(heading), 1),
            "w": round(max(float(width), 11.0), 1),
            "h": int(width >= WIDE),
            "d": int(direction == "in"),
        }
        for point, heading, width, direction in zip(points, headings, widths, flows["direction"], strict=True)
    ]


def _places(selection: Selection, words: Words) -> list[dict[str, Any]]:
    """p: where; r: pixels; d: 1 on the other side of the border; i: territory_id; t, v, f: the hover."""
    frame = located(flow_map.totals(selection).frame)
    if frame.empty:
        return []
    return [
        {
            "p": _point((row["lon"], row["lat"])),
            "r": round(float(radius), 1),
            "d": int(row["country"] != "FR"),
            "i": row["territory_id"],
            "t": row[f"name_{words.language}"],
            "v": words(
                "flows.place_out_in", out=words.number(row["outgoing"]), into=words.number(row["incoming"])
            ),
            "f": _internal(row, words),
        }
        for row, radius in zip(frame.to_dict("records"), flow_shapes.radii(frame["value"]), strict=True)
    ]


def _internal(row: dict[str, Any], words: Words) -> str:
    if pandas.isna(row["internal"]):
        return words("flows.internal_unknown")
    return words("flows.internal", count=words.number(row["internal"]))


def _point(point: Any) -> list[float]:
    return [round(float(point[0]), DECIMALS), round(float(point[1]), DECIMALS)]
