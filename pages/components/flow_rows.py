"""What the map of flows reads by URL: one short row a shape, made from a selection in a reader's language."""

from __future__ import annotations

from typing import Any, Literal

import numpy
import pandas
from numpy.typing import NDArray

from pages.components import flow_shapes
from pages.components.flags import meaning
from pages.components.flow_shapes import Points
from pages.components.words import Words
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection

Shape = Literal["arcs", "dashes", "chevrons", "places"]
SHAPES: tuple[Shape, ...] = ("arcs", "dashes", "chevrons", "places")

# Insee: a flow of the census under 200 is to be handled with care; up to 500 it is still uncertain.
CAREFUL, UNCERTAIN = 200, 500
SOLID, LIGHT, DASHED = 0, 1, 2

ON_DEMAND = ("press", "unsourced")

# Beyond so many flows dashes and chevrons are noise: thin flows are pale, and colour alone says the way.
TOLD_APART = flow_map.DRAWN_AT_ONCE
DECIMALS = 3  # of a degree: a hundred metres
STROKE = 4 / 7  # of a dashed curve; the rest are gaps
WIDE = 8  # pixels: such an arc carries its chevron inside


def rows(selection: Selection, shape: str, words: Words) -> list[dict[str, Any]]:
    """Rows of one shape, largest first. Keys are short because thousands travel; they are told in each maker.

    A flow with an end without coordinates, or from a place to itself, is no shape: it stays in the list.
    """
    if shape == "places":
        return _places(selection, words)
    flows = in_order(flow_map.chosen_flows(selection).frame)
    if flows.empty:
        return []
    begins, arrives = flow_shapes.ends(flows, selection.border)
    widths = flow_shapes.widths(flows["value"], flows["value"].max(), len(flows))
    looks = reliability(flows)
    if shape == "arcs":
        return _arcs(flows, begins, arrives, widths, looks, words)
    if not is_told_apart(flows):
        return []
    if shape == "dashes":
        dashed = looks == DASHED
        return _dashes(flows[dashed], begins[dashed], arrives[dashed], widths[dashed], selection.border)
    return _chevrons(flows, begins, arrives, widths)


def drawable(flows: pandas.DataFrame) -> pandas.DataFrame:
    """The flows that can be a line from one place to another."""
    placed = flows[["origin_lon", "origin_lat", "destination_lon", "destination_lat"]].notna().all(axis=1)
    return flows[placed & (flows["origin_id"] != flows["destination_id"])]


def in_order(flows: pandas.DataFrame) -> pandas.DataFrame:
    """The drawable flows in the order of their rows: thousands are lighter beside those of their origin."""
    shown = drawable(flows)
    return shown if is_told_apart(shown) else shown.sort_values(["origin_id", "destination_id"])


def is_told_apart(flows: pandas.DataFrame) -> bool:
    return len(flows) <= TOLD_APART


def located(places: pandas.DataFrame) -> pandas.DataFrame:
    """The places that can be a disc: a whole country has none, nor a place without coordinates."""
    return places[(places["level"] != "country") & places["lon"].notna()]


def reliability(flows: pandas.DataFrame) -> NDArray[numpy.int64]:
    """SOLID, LIGHT or DASHED: small flows of a census are few people of a sample; registers count all."""
    values = flows["value"].to_numpy(dtype=float)
    census = flows["definition_id"].str.startswith("census").to_numpy()
    return numpy.where(~census | (values > UNCERTAIN), SOLID, numpy.where(values >= CAREFUL, LIGHT, DASHED))


def _arcs(
    flows: pandas.DataFrame,
    begins: Points,
    arrives: Points,
    widths: NDArray[numpy.float64],
    looks: NDArray[numpy.int64],
    words: Words,
) -> list[dict[str, Any]]:
    """a, b: both ends; w: pixels; d: 1 enters France; k: reliability; o, t, v: what the hover says."""
    if not is_told_apart(flows):
        looks = numpy.minimum(looks, LIGHT)
    origins, destinations = (flows[f"{end}_{words.language}"] for end in ("origin", "destination"))
    return [
        # In this order what is said of a place stands together, and is compressed together.
        {
            "a": begin,
            "o": f"{origin} → ",
            "b": end,
            "t": destination,
            "w": width,
            "d": into,
            "k": look,
            "v": said,
        }
        for begin, end, width, into, look, origin, destination, said in zip(
            _points(begins),
            _points(arrives),
            widths.round(1).tolist(),
            (flows["direction"] == "in").astype(int).tolist(),
            looks.tolist(),
            origins.tolist(),
            destinations.tolist(),
            written(flows, looks, words),
            strict=True,
        )
    ]


def written(flows: pandas.DataFrame, looks: NDArray[numpy.int64], words: Words) -> list[str]:
    """How many as printed, then flags: `environ 10 000 · lu dans la presse`. Alike rows are told once."""
    columns = ["value", "flag_raw", "status", "source_kind"]
    told: dict[tuple[Any, ...], str] = {}
    lines = zip(*(flows[name].tolist() for name in columns), looks.tolist(), strict=True)
    return [told.get(line) or told.setdefault(line, _told(words, *line)) for line in lines]


def _told(words: Words, value: float, flag_raw: str, status: str, source_kind: str, look: int) -> str:
    rounding = f"flows.rounding_{flag_raw.replace(' ', '_')}"
    said = [printed({"value": value, "flag_raw": flag_raw}, words)]
    if rounding in words:
        said.append(words(rounding))
    if status != "A":
        said.append(meaning(status, words))
    if look == DASHED:
        said.append(words("flows.careful"))
    if source_kind in ON_DEMAND:
        said.append(words(f"flows.{source_kind}"))
    return " · ".join(said)


def printed(row: dict[str, Any], words: Words) -> str:
    """`environ 10 000`, `plus de 35 000`: the figure as its source printed it; rounding is a flag."""
    key = f"flows.printed_{row['flag_raw'].replace(' ', '_')}"
    number = words.number(row["value"])
    return words(key, number=number) if key in words else number


def _dashes(
    flows: pandas.DataFrame, begins: Points, arrives: Points, widths: NDArray[numpy.float64], border: str
) -> list[dict[str, Any]]:
    """a, b: both ends of each stroke of a dashed curve; w, d as in arcs."""
    rows = []
    counts = flow_shapes.strokes(begins, arrives, border)
    for place, (count, width, direction) in enumerate(zip(counts, widths, flows["direction"], strict=True)):
        parts = (numpy.arange(count)[:, None] + [0, STROKE]).ravel() / count
        curve = [
            flow_shapes.along(begins[[place]], arrives[[place]], part)[0] for part in parts.clip(0.01, 0.99)
        ]
        points = _points(numpy.concatenate(curve))
        common = {"w": round(float(width), 1), "d": int(direction == "in")}
        rows += [
            {"a": begin, "b": end} | common for begin, end in zip(points[::2], points[1::2], strict=True)
        ]
    return rows


def _chevrons(
    flows: pandas.DataFrame, begins: Points, arrives: Points, widths: NDArray[numpy.float64]
) -> list[dict[str, Any]]:
    """p: near the end; g: degrees counter-clockwise; w: pixels; h: 1 within a wide arc; d as in arcs."""
    points, headings = flow_shapes.along(begins, arrives, flow_shapes.CHEVRON_AT)
    return [
        {
            "p": point,
            "g": round(float(heading), 1),
            "w": round(max(float(width), 11.0), 1),
            "h": int(width >= WIDE),
            "d": int(direction == "in"),
        }
        for point, heading, width, direction in zip(
            _points(points), headings, widths, flows["direction"], strict=True
        )
    ]


def _places(selection: Selection, words: Words) -> list[dict[str, Any]]:
    """p: where; r: pixels; d: 1 on the other side of the border; i: territory_id; o, t, v: the hover."""
    frame = located(flow_map.totals(selection).frame).head(TOLD_APART)
    if frame.empty:
        return []
    known = frame[["territory_id", "country", f"name_{words.language}", "outgoing", "incoming", "internal"]]
    return [
        {
            "p": point,
            "r": radius,
            "d": int(country != "FR"),
            "i": territory_id,
            "o": "",
            "t": name,
            "v": place_totals(outgoing, incoming, internal, words),
        }
        for point, radius, (territory_id, country, name, outgoing, incoming, internal) in zip(
            _points(frame[["lon", "lat"]].to_numpy(dtype=float)),
            flow_shapes.radii(frame["value"]).round(1).tolist(),
            known.itertuples(index=False, name=None),
            strict=True,
        )
    ]


def place_totals(outgoing: float, incoming: float, internal: float, words: Words) -> str:
    """Out, in, and who stays: NaN where the source does not say, which is no zero."""
    said = words("flows.place_out_in", out=words.number(outgoing), into=words.number(incoming))
    if pandas.isna(internal):
        return f"{said} · {words('flows.internal_unknown')}"
    return f"{said} · {words('flows.internal', count=words.number(internal))}"


def _points(points: Points) -> list[list[float]]:
    rounded: list[list[float]] = points.round(DECIMALS).tolist()
    return rounded
