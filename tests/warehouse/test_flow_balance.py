"""Both ways across a border, and origin × destination tables. Rows are those of flows_published.csv."""

from __future__ import annotations

import pytest

from tests.warehouse.planted_flows import plant
from tests.warehouse.small_database import SmallDatabase
from warehouse.queries import flow_balance, flow_sources, flows
from warehouse.queries.flow_balance import Balance

on_real_figures = pytest.mark.usefixtures("warehouse")


def balance(border: str, kinds: tuple[str, ...] = flows.BY_DEFAULT) -> Balance:
    (found,) = (each for each in flow_balance.balances(kinds) if each.border == border)
    return found


@on_real_figures
def test_belgium_is_balanced_by_the_insurance_that_counts_both_ways() -> None:
    """Rows 86 and 146: 39 466 insured people from France, 8 391 towards it, both on 30 June 2023."""
    found = balance("BE")
    assert found.out is not None
    assert found.into is not None
    assert (found.out["value"], found.into["value"]) == (39466, 8391)
    assert found.net == 39466 - 8391
    assert found.ratio == pytest.approx(4.703, abs=0.001)
    assert found.verdict is not None
    assert found.verdict.grade == "careful"
    assert [reason.kind for reason in found.verdict.reasons] == ["workplace"]


@on_real_figures
def test_a_direction_nobody_publishes_is_not_zero_and_has_no_balance() -> None:
    """Row 361: 224 000 residents of France work in Switzerland (census 2021); nobody counts the others."""
    found = balance("CH")
    assert found.out is not None
    assert found.out["value"] == 224000
    assert (found.into, found.verdict, found.net, found.ratio) == (None, None, None, None)


@on_real_figures
def test_two_directions_that_do_not_compare_have_no_balance() -> None:
    found = balance("ES")
    assert found.out is not None
    assert found.into is not None
    assert found.verdict is not None
    assert found.verdict.grade == "not_comparable"
    assert (found.net, found.ratio) == (None, None)


@on_real_figures
def test_the_file_has_a_row_a_border_with_both_definitions() -> None:
    frame = flow_balance.as_result(flow_balance.balances()).frame.set_index("border")
    assert frame.loc["BE", "net"] == 31075
    assert "mutualité" in frame.loc["BE", "out_definition_fr"]
    assert frame["net"].notna().sum() == (frame["grade"].isin(["comparable", "careful"])).sum()


@on_real_figures
def test_a_table_holds_one_definition_one_year_and_one_level_an_end() -> None:
    """Census 2020 by department, row 325 among them: 32 800 from Nord to Belgium."""
    sets = flow_balance.sets("BE")
    assert sets["cells"].is_monotonic_decreasing
    first = sets.iloc[0]
    cells = flow_balance.cells(
        first["source_id"], first["period"], first["origin_level"], first["destination_level"]
    ).frame
    assert len(cells) == first["cells"]
    assert cells["definition_id"].nunique() == cells["period"].nunique() == 1
    known = cells.set_index(["origin_id", "destination_id"])["value"]
    assert known["FRE11", "BE"] == 32800
    assert known.index.is_unique


@on_real_figures
def test_a_table_of_nothing_is_empty() -> None:
    assert flow_balance.cells("census", "1950", "country", "country").is_empty
    assert flow_balance.sets("XX").empty


def test_a_whole_file_is_read_beside_published_figures_and_in_a_table_of_its_own(
    planted: SmallDatabase,
) -> None:
    counted = [("FRX11", "BEX11", 100.0), ("FRX12", "BEX11", 50.0), ("FRX11", "BEX21", 7.0)]
    plant(planted, "api", [*counted, ("BEX11", "FRX11", 3.0), ("FRX11", "FRX12", 900.0)])

    def figure(origin: str, destination: str) -> list[float]:
        return list(flows.between([origin], [destination]).frame["value"])

    assert figure("FRX11", "BEX11") == [100]
    assert figure("FRX1", "BEX1") == [150]
    assert figure("FRX11", "BE") == [107]
    assert figure("FR", "BE") == [157]
    assert figure("BE", "FRX11") == [3]
    assert figure("FRX11", "FRX12") == []
    assert ("FRX11", "BE") in set(
        flow_sources.pairs()[["origin_id", "destination_id"]].itertuples(index=False)
    )
    tables = flow_balance.sets("BE").set_index(["source_id", "origin_level", "destination_level"])["cells"]
    assert tables["census@flows", "nuts3", "nuts3"] == 4
    cells = flow_balance.cells("census@flows", "2020", "nuts2", "nuts2").frame
    assert list(cells[["origin_id", "destination_id", "value"]].itertuples(index=False, name=None)) == [
        ("FRX1", "BEX1", 150), ("FRX1", "BEX2", 7), ("BEX1", "FRX1", 3),
    ]  # fmt: skip
