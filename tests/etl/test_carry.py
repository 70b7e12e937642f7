from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from etl.build import BuildFailed
from tests.etl.small_world import POPULATION_TOML, RATE_TOML, SmallWorld

HEADER = "freq,unit,sex,geo\\TIME_PERIOD\t2015 \n"


def publish(small: SmallWorld, *lines: str) -> None:
    """Population of 2015 by code, e.g. `BE324 75000`."""
    cells = [line.split(" ", 1) for line in lines]
    table = HEADER + "".join(f"A,NR,T,{code}\t{cell} \n" for code, cell in cells)
    small.refresh("population", table.encode())


def publish_rate(small: SmallWorld, *lines: str) -> None:
    cells = [line.split(" ", 1) for line in lines]
    table = "geo\\time\t2015 \n" + "".join(f"{code}\t{cell} \n" for code, cell in cells)
    small.refresh("rate", table.encode())


def figures(small: SmallWorld, indicator: str = "population") -> list[tuple[object, ...]]:
    sql = "SELECT territory_id, value, status, flag_raw FROM observation WHERE indicator_id = ?"
    with duckdb.connect(small.build(), read_only=True) as connection:
        return connection.execute(sql, [indicator]).fetchall()


def left_out(small: SmallWorld) -> list[tuple[object, ...]]:
    with duckdb.connect(small.build(), read_only=True) as connection:
        return connection.execute("SELECT reason, code, rows FROM rejected ORDER BY ALL").fetchall()


def test_a_renamed_code_is_carried(small: SmallWorld) -> None:
    publish(small, "FR30 4052156")

    assert figures(small) == [("FRE1", 4052156.0, "A", "")]
    assert left_out(small) == []


def test_the_codes_that_make_up_a_territory_are_added_and_keep_their_letters(small: SmallWorld) -> None:
    publish(small, "BE324 75000 p", "BE327 148000 be")

    assert figures(small) == [("BE328", 223000.0, "B", "pbe")]


def test_a_sum_lacking_one_part_is_not_made(small: SmallWorld) -> None:
    publish(small, "BE324 75000", "BE32 1335360")

    assert figures(small) == [("BE32", 1335360.0, "A", "")]
    assert left_out(small) == [("not_carried", "BE324", 1)]


def test_a_sum_with_a_missing_part_is_not_made(small: SmallWorld) -> None:
    publish(small, "BE324 75000", "BE327 : c", "BE32 1335360")

    assert figures(small) == [("BE32", 1335360.0, "A", "")]
    assert left_out(small) == [("not_carried", "BE324", 1), ("not_carried", "BE327", 1)]


def test_a_code_that_was_divided_is_not_carried(small: SmallWorld) -> None:
    publish(small, "BE325 184000", "BE32 1335360")

    assert figures(small) == [("BE32", 1335360.0, "A", "")]
    assert left_out(small) == [("not_carried", "BE325", 1)]


def test_the_value_of_the_current_code_wins(small: SmallWorld) -> None:
    publish(small, "FR30 1", "FRE1 4052156")

    assert figures(small) == [("FRE1", 4052156.0, "A", "")]
    assert left_out(small) == [("superseded", "FR30", 1)]


def test_a_carried_value_fills_the_cell_the_current_code_leaves_empty(small: SmallWorld) -> None:
    publish(small, "FRE1 :", "FR30 4052156")

    assert figures(small) == [("FRE1", 4052156.0, "A", "")]


def test_a_municipality_that_took_in_another_has_the_figures_of_both(small: SmallWorld) -> None:
    table = small.root / "territories/correspondence.csv"
    merger = "NUTS,BE329,2016,BE329,1\nNUTS,BE322,2016,BE329,1\n"
    table.write_text(table.read_text().replace("NUTS,BE325,2016,BE329,0.4172\n", merger))
    publish(small, "BE329 100 p", "BE322 11")

    assert figures(small) == [("BE329", 111.0, "P", "p")]
    assert left_out(small) == []


def test_a_rate_is_carried_one_to_one_and_never_added(small: SmallWorld) -> None:
    publish_rate(small, "FR30 12.5 u", "BE324 8.0", "BE327 9.0")

    assert figures(small, "rate") == [("FRE1", 12.5, "U", "u")]
    assert ("not_carried", "BE324", 1) in left_out(small)


def test_the_same_old_code_twice_is_refused(small: SmallWorld) -> None:
    publish_rate(small, "FR30 12.5", "FR30 12.6")

    with pytest.raises(BuildFailed, match=r"row 3: the key .*FR30.* occurs twice, first in row 2"):
        small.build()


def test_only_the_declared_level_is_kept(small: SmallWorld) -> None:
    small.declare("rate", RATE_TOML.replace('scheme = "NUTS"', 'scheme = "NUTS"\nlevel = "nuts2"'))
    publish_rate(small, "BE32 7.6", "BE 5.4")

    assert figures(small, "rate") == [("BE32", 7.6, "A", "")]
    assert ("outside_scope", "BE", 1) in left_out(small)


def test_age_and_sex_keep_the_codes_of_the_provider_and_the_total_is_one(small: SmallWorld) -> None:
    small.declare("population", POPULATION_TOML)
    table = HEADER + "A,NR,T,FRE1\t3 \nA,NR,F,FRE1\t2 \n"
    small.refresh("population", table.encode())

    with duckdb.connect(small.build(), read_only=True) as connection:
        sexes = "SELECT sex, age, value FROM observation WHERE indicator_id = 'population'"
        assert connection.execute(sexes).fetchall() == [("F", "_T", 2.0), ("_T", "_T", 3.0)]


@pytest.mark.parametrize(
    ("year", "kingdom"), [("2010", 10839905), ("2015", 11209044), ("2020", 11492641), ("2023", 11697557)]
)
def test_the_municipalities_of_today_add_up_to_the_kingdom_of_the_year(
    warehouse: Path, year: str, kingdom: int
) -> None:
    """Codes of 589, 581 and 565 municipalities; the totals stand in population_BE_<year>.csv, code 01000."""
    sql = """
        SELECT sum(value), count(*) FROM observation
        WHERE indicator_id = 'population_municipality' AND period = ?
    """
    with duckdb.connect(warehouse, read_only=True) as connection:
        assert connection.execute(sql, [year]).fetchone() == (kingdom, 565)
