from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from etl.build import BuildFailed, build
from tests.etl.small_world import (
    POPULATION_TOML,
    POPULATION_TSV,
    RATE_TOML,
    RATE_TSV,
    WORDS,
    SmallWorld,
    small_world,
)


def rows(file: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def problem(small: SmallWorld) -> str:
    """The only line a failing build prints."""
    with pytest.raises(BuildFailed) as failed:
        small.build()
    (line,) = failed.value.problems
    return line


def test_published_figures_become_observations_with_status_and_letters(small: SmallWorld) -> None:
    figures = "SELECT indicator_id, territory_id, period, value, status, confidential, flag_raw, dataset_id"

    assert rows(small.build(), figures + " FROM observation") == [
        ("population", "BE32", "2024", 1364549.0, "A", False, "", "population"),
        ("population", "FRE1", "2024", 4069970.0, "P", False, "p", "population"),
        ("population", "BE32", "2025", 1369741.0, "A", False, "", "population"),
        ("population", "FRE1", "2025", None, "O", False, "u", "population"),
        ("rate", "BE32", "2024", None, "O", True, "c", "rate"),
        ("rate", "FRE1", "2024", 9.4, "U", False, "bu", "rate"),
        ("rate", "BE32", "2025", 7.6, "D", False, "d", "rate"),
        ("rate", "FRE1", "2025", 8.9, "A", False, "", "rate"),
    ]


def test_a_row_left_out_is_counted_by_reason(small: SmallWorld) -> None:
    left_out = rows(small.build(), "SELECT dataset_id, reason, code, rows FROM rejected")

    assert left_out == [("population", "not_a_territory", "FRZZ", 2)]


def test_the_file_bears_the_build_id_and_current_names_it(small: SmallWorld) -> None:
    file = small.build()

    ((build_id,),) = rows(file, "SELECT build_id FROM build")
    assert file.name == f"observatory-{build_id}.duckdb"
    assert (small.data / "current").read_text() == f"{file.name}\n"


def test_an_unchanged_world_is_not_built_again(small: SmallWorld) -> None:
    first = small.build()
    written = first.stat().st_mtime_ns

    assert small.build() == first
    assert first.stat().st_mtime_ns == written


def test_a_changed_figure_makes_a_new_file(small: SmallWorld) -> None:
    first = small.build()
    small.refresh("rate", RATE_TSV.replace("8.9", "9.0").encode())

    second = small.build()

    assert second != first
    assert first.exists(), "a server may still be reading it"


def test_only_the_two_newest_builds_are_kept(small: SmallWorld) -> None:
    for age, value in enumerate(("8.1", "8.2", "8.3")):
        small.refresh("rate", RATE_TSV.replace("8.9", value).encode())
        os.utime(small.build(), ns=(age, age))

    kept = {
        rows(file, "SELECT value FROM observation WHERE indicator_id = 'rate' AND period = '2025'")[1]
        for file in small.data.glob("*.duckdb")
    }
    assert kept == {(8.2,), (8.3,)}
    assert not list(small.data.glob("*.part"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("8.9 ", "140 ", "row 2: rate = 140 is outside 0.0 to 100.0"),
        ("7.6 d", "7.6 q", "row 3: flag 'q': 'q' is unknown"),
        ("FRE1", "FRE9", "row 2: territory code 'FRE9' of NUTS is unknown"),
        ("BE32", "FRE1", "row 3: the key (rate, 2025, _T, _T, _T, FRE1) occurs twice, first in row 2"),
        ("2025", "25Q1", "row 2: period '25Q1' is not written as a year"),
        ("geo\\time", "region\\time", "column 'geo' is not in the source"),
        ("7.6 d", "abc", "row 3"),
        ("\t: c", "", "row 3"),
    ],
    ids=["rate of 140 %", "flag", "territory", "twice", "period", "vanished column", "no number", "cut line"],
)
def test_a_fault_is_named_with_dataset_file_and_row_and_the_last_good_build_stays(
    small: SmallWorld, old: str, new: str, said: str
) -> None:
    good = small.build()
    file = small.refresh("rate", RATE_TSV.replace(old, new).encode())

    line = problem(small)

    assert line.startswith("rate, ")
    assert str(file.parent) in line
    assert said in line
    assert (small.data / "current").read_text() == f"{good.name}\n"
    assert list(small.data.glob("*.duckdb")) == [good]


def test_a_page_instead_of_a_file_is_named(small: SmallWorld) -> None:
    file = small.refresh("rate", b"<!DOCTYPE html><html><body>Please wait</body></html>")

    line = problem(small)

    assert line.startswith(f"rate, {file}")
    assert "HTML" in line


def test_a_cut_snapshot_is_told_from_its_lock(small: SmallWorld) -> None:
    file = small.refresh("rate", RATE_TSV.encode())
    file.write_text(RATE_TSV[:-4])

    assert "its bytes are not those of its lock" in problem(small)


def test_a_missing_extract_is_named(small: SmallWorld) -> None:
    small.declare("other", POPULATION_TOML.replace('id = "population"', 'id = "other"'))

    line = problem(small)

    assert line.startswith(f"other, {small.root / 'embedded/eurostat/other.csv'}")
    assert "Restore it from git" in line


def test_every_faulty_dataset_is_named_in_one_run(small: SmallWorld) -> None:
    small.refresh("rate", RATE_TSV.replace("8.9", "140").encode())
    small.refresh("population", POPULATION_TSV.replace("1364549", "-1").encode())

    with pytest.raises(BuildFailed) as failed:
        small.build()

    assert [line.partition(",")[0] for line in failed.value.problems] == ["population", "rate"]


def test_a_broken_rule_leaves_no_file_and_says_what_to_do(small: SmallWorld) -> None:
    territories = small.root / "territories/territory.csv"
    territories.write_text(territories.read_text().replace("BE32,BE328", "BE39,BE328"))

    line = problem(small)

    assert line == (
        "check territory_parent_is_known: The parent of a territory is a territory. "
        "1 row breaks it: territory_id BE328, parent_id BE39. Correct territory.csv."
    )
    assert not list(small.data.glob("observatory-*"))


def test_a_faulty_declaration_is_named_with_its_key(small: SmallWorld) -> None:
    file = small.declare("rate", RATE_TOML.replace("decimals = 1", "decimales = 1"))

    assert f"{file}: key `indicator[0].decimals` is missing" in problem(small)


RATIO = f"""
[[ratio]]
id = "per_head"
theme = "population"
of = "rate"
over = "population"
scale = 1000000.0
kind = "rate"
unit = "PC"
decimals = 1
[ratio.label]
{WORDS}
[ratio.description]
{WORDS}
"""


def test_a_ratio_is_computed_where_both_parts_exist_and_is_ours(small: SmallWorld) -> None:
    small.declare("rate", RATE_TOML + RATIO)

    file = small.build()

    ratio = "SELECT territory_id, period, round(value, 3), status, flag_raw, dataset_id FROM observation "
    assert rows(file, ratio + "WHERE indicator_id = 'per_head'") == [
        ("BE32", "2024", None, "O", "c", "per_head"),
        ("FRE1", "2024", 2.310, "U", "bup", "per_head"),
        ("BE32", "2025", 5.548, "D", "d", "per_head"),
        ("FRE1", "2025", None, "O", "u", "per_head"),
    ]
    dataset = "SELECT provider_id, origin, vintage, rows FROM dataset WHERE dataset_id = 'per_head'"
    vintage = "rate 2026-04 / population 2026-04"
    assert rows(file, dataset) == [("observatoire", "computed", vintage, 4)]


REQUEST = '[request]\nendpoint = "eurostat"\npath = "rate"\n'


def test_a_dataset_that_was_never_fetched_is_not_loaded_and_the_others_are(small: SmallWorld) -> None:
    small.declare("rate", RATE_TOML.replace('archive = "rate.tsv"\n', "") + RATIO + REQUEST)
    small.forget("rate")

    file = small.build()

    assert rows(file, "SELECT dataset_id, title_fr, by_hand FROM not_loaded") == [("rate", "f", False)]
    assert rows(file, "SELECT indicator_id FROM indicator") == [("population",)], "nor a rate made of it"


def test_a_dataset_of_which_the_extract_is_lost_is_an_error(small: SmallWorld) -> None:
    small.declare("rate", RATE_TOML + REQUEST)
    small.forget("rate")

    assert problem(small).endswith(
        "rate.lock.toml is not there. Restore it from git, or run `python -m etl extract --from DIR`."
    )


def test_an_answer_may_have_another_form_than_the_extract(small: SmallWorld) -> None:
    other_form = '[request.reader]\ncolumns = { place = "geo", year = "TIME_PERIOD", v = "OBS_VALUE" }\n'
    reader = REQUEST + 'format = "delimited"\n' + other_form
    small.declare("rate", RATE_TOML + reader)
    small.refresh("rate", b"place,year,v,OBS_FLAG\nFRE1,2025,8.9,\n")

    values = "SELECT territory_id, period, value FROM observation WHERE indicator_id = 'rate'"
    assert rows(small.build(), values) == [("FRE1", "2025", 8.9)]


def test_the_id_of_a_build_does_not_depend_on_where_its_files_lie(
    small: SmallWorld, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = small_world(tmp_path_factory.mktemp("z"))

    assert elsewhere.build().name == small.build().name


def test_a_ratio_over_zero_cannot_exist(small: SmallWorld) -> None:
    small.declare("rate", RATE_TOML + RATIO)
    small.refresh("population", POPULATION_TSV.replace("1369741", "0").encode())

    ratio = "SELECT value, status FROM observation WHERE indicator_id = 'per_head' AND territory_id = 'BE32'"
    assert rows(small.build(), ratio + " AND period = '2025'") == [(None, "M")]


def test_a_build_without_a_world_is_that_of_the_project(tmp_path: Path) -> None:
    file = build(tmp_path)

    nord_2025 = """
        SELECT value, status FROM observation
        WHERE indicator_id = 'population' AND territory_id = 'FRE11' AND period = '2025' AND age = '_T'
    """
    assert rows(file, nord_2025) == [
        (2613781.0, "P")
    ]  # demo_r_pjanaggr3, April 2026, A,NR,T,TOTAL,FRE11: 2613781 p
