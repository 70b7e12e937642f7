"""Lines over time: what a reader must not read into them is not drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas
import plotly.graph_objects as go
import pytest

from pages.components import charts
from pages.components.context import Context
from tests.figures import result
from warehouse.queries import observations
from warehouse.result import Result

Drawing = Callable[[Result, str], go.Figure]


@pytest.fixture
def drawing(context: Callable[..., Context], monkeypatch: pytest.MonkeyPatch) -> Drawing:
    """Draw the lines of a result, all on the other side unless French; return the figure."""
    kept: list[go.Figure] = []
    charts._drawn.clear()
    monkeypatch.setattr("pages.components.drawing.drawing", lambda figure, _height: kept.append(figure))
    monkeypatch.setattr("pages.components.drawing.show", lambda *_: None)

    def draw(shown: Result, language: str = "fr") -> go.Figure:
        sides = {
            row.territory_id: "french" if row.country == "FR" else "other" for row in shown.frame.itertuples()
        }
        charts.lines(context(language=language), shown, sides, "key", "alternative")
        return kept[-1]

    return draw


def _series(values: dict[str, float | None], flags: dict[str, str] | None = None) -> Result:
    return result([_point(period, value, (flags or {}).get(period, "")) for period, value in values.items()])


def _census(values: dict[str, float | None]) -> Result:
    series = _series(values)
    return replace(series, indicators=(replace(series.indicator, years_apart=5),))


def _point(period: str, value: float | None, flag: str) -> dict[str, Any]:
    status = {"b": "B", "p": "P"}.get(flag[:1], "A" if value is not None else "O")
    names = {f"name_{language}": "Hainaut" for language in ("fr", "nl", "en")}
    return names | {
        "territory_id": "BE32", "country": "BE", "period": period,
        "period_start": pandas.Timestamp(f"{period}-01-01"), "value": value, "status": status,
        "flag_raw": flag,
    }  # fmt: skip


def _pieces(figure: go.Figure) -> list[list[float]]:
    return [list(trace.y) for trace in figure.data]


def test_a_series_without_accident_is_one_line(drawing: Drawing) -> None:
    assert _pieces(drawing(_series({"2020": 5.0, "2021": 6.0, "2022": 7.0}), "fr")) == [[5.0, 6.0, 7.0]]


def test_a_break_in_the_series_is_a_break_in_the_line(drawing: Drawing) -> None:
    figure = drawing(_series({"2020": 5.0, "2021": 6.0, "2022": 7.0}, {"2021": "bd"}), "fr")
    assert _pieces(figure) == [[5.0], [6.0, 7.0]]


def test_a_missing_figure_is_a_gap_in_the_line(drawing: Drawing) -> None:
    figure = drawing(_series({"2020": 5.0, "2021": 5.5, "2022": None, "2023": 7.0, "2024": 8.0}), "fr")
    assert _pieces(figure) == [[5.0, 5.5], [7.0, 8.0]]


def test_a_year_nobody_published_is_a_gap_in_the_line(drawing: Drawing) -> None:
    figure = drawing(_series({"2019": 4.0, "2020": 5.0, "2023": 7.0, "2024": 8.0}), "fr")
    assert _pieces(figure) == [[4.0, 5.0], [7.0, 8.0]]


def test_years_too_close_to_compare_are_points_beside_the_line(drawing: Drawing) -> None:
    figure = drawing(_census({"2012": 4.0, "2015": 9.0, "2018": 5.0, "2022": 9.5, "2023": 6.0}), "fr")
    line, points = figure.data
    assert (line.mode, list(line.y)) == ("lines+markers", [4.0, 5.0, 6.0])
    assert (points.mode, list(points.y)) == ("markers", [9.0, 9.5])
    assert all("à moins de 5 ans d’une année reliée" in text for text in points.text)
    assert not any("reliée" in text for text in line.text)
    assert points.opacity < 1
    assert set(points.marker.color) == {line.line.color}, "a ring would say that the figure is flagged"


def test_the_years_of_a_line_are_those_of_every_territory(drawing: Drawing) -> None:
    """Hainaut has no figure of 2023: its line does not go back from a year of its own."""
    hainaut = _census({"2012": 4.0, "2018": 5.0, "2022": 5.5}).frame
    nord = _census({"2018": 7.0, "2023": 8.0}).frame.assign(territory_id="FRE11", country="FR")
    both = _census({}).with_frame(pandas.concat([hainaut, nord], ignore_index=True))
    assert _pieces(drawing(both, "fr")) == [[4.0, 5.0], [5.5], [7.0, 8.0]]


@pytest.mark.usefixtures("warehouse")
def test_the_line_of_hainaut_is_cut_where_eurostat_says_b(drawing: Drawing) -> None:
    """tgs00010 line 13: `11.4 b` in 2017, `10.3 b` in 2021."""
    figure = drawing(observations.series("unemployment_rate_15_74", ["BE32"]), "fr")
    assert _pieces(figure) == [[14.4, 13.3, 11.8], [11.4, 10.0, 8.6, 8.3], [10.3, 10.5, 9.3, 8.7, 9.0]]


@pytest.mark.usefixtures("warehouse")
def test_years_that_could_not_be_carried_are_not_bridged(drawing: Drawing) -> None:
    """nama_10r_3gdp has Tournai-Mouscron (BE328) until 2008 and from 2017."""
    figure = drawing(observations.series("gdp_per_inhabitant", ["BE328"]), "fr")
    years = [[moment.year for moment in pandas.to_datetime(trace.x)] for trace in figure.data]
    assert years == [list(range(2003, 2009)), list(range(2017, 2022))]


def test_a_flagged_figure_is_a_hollow_point_and_says_why(drawing: Drawing) -> None:
    figure = drawing(_series({"2020": 5.0, "2021": 6.0}, {"2021": "p"}), "fr")
    (line,) = figure.data
    plain, flagged = line.marker.color
    assert plain != flagged
    assert line.marker.size[1] > line.marker.size[0]
    assert "provisoire" in line.text[1]
    assert "ᵖ" in line.text[1]
    assert "provisoire" not in line.text[0]


def test_every_territory_is_named_at_the_end_of_its_line(drawing: Drawing) -> None:
    figure = drawing(_series({"2020": 5.0, "2021": 6.0}), "fr")
    assert [note.text for note in figure.layout.annotations] == ["Hainaut"]


def test_names_that_would_touch_are_moved_apart(drawing: Drawing) -> None:
    rows = _series({"2020": 5.0, "2021": 6.0}).frame
    twin = rows.assign(territory_id="BE34", name_fr="Luxembourg")
    both = _series({"2020": 5.0}).with_frame(pandas.concat([rows, twin], ignore_index=True))
    heights = [note.y for note in drawing(both, "fr").layout.annotations]
    assert abs(heights[0] - heights[1]) >= 6.0 * 0.07


def test_the_sides_keep_their_colours_and_the_axis_starts_at_zero(
    drawing: Drawing, context: Callable[..., Context]
) -> None:
    rows = _series({"2020": 5.0, "2021": 6.0}).frame
    french = rows.assign(territory_id="FRE1", country="FR", name_fr="Nord-Pas-de-Calais")
    both = _series({"2020": 5.0}).with_frame(pandas.concat([rows, french], ignore_index=True))
    figure = drawing(both, "fr")
    palette = context().palette
    assert [trace.line.color for trace in figure.data] == [palette.other, palette.french]
    assert figure.layout.yaxis.rangemode == "tozero"


def test_axes_write_numbers_in_the_language_of_the_reader(drawing: Drawing) -> None:
    series = _series({"2020": 5.0, "2021": 6.0})
    assert drawing(series, "fr").layout.separators == ",\u202f"
    assert drawing(series, "en").layout.separators == ".,"
