from __future__ import annotations

import numpy as np
import pandas as pd

from etl.codes import as_text, coded, numbered, recoded, stacked
from etl.feeds.fed import left_out


def test_codes_stand_in_the_order_of_their_texts_whatever_came_first() -> None:
    column = numbered(np.array([0, 1, 0, 2]), ["b", "a", "b"])
    assert column.tolist() == ["b", "a", "b", "b"]
    assert list(column.cat.categories) == ["a", "b"]
    assert column.sort_values().tolist() == ["a", "b", "b", "b"]


def test_what_is_missing_stays_missing_when_codes_are_changed() -> None:
    column = recoded(coded(pd.Series(["b ", None, "a", "b"], dtype="str")), lambda texts: texts.str.strip())
    assert column.isna().tolist() == [False, True, False, False]
    assert column.dropna().tolist() == ["b", "a", "b"]


def test_frames_with_other_codes_are_stacked_as_codes_in_order() -> None:
    frames = [pd.DataFrame({"geo": coded(pd.Series(texts, dtype="str"))}) for texts in (["LU", "BE"], ["DE"])]
    below = stacked(frames)
    assert below["geo"].tolist() == ["LU", "BE", "DE"]
    assert list(below["geo"].cat.categories) == ["BE", "DE", "LU"]
    assert as_text(below)["geo"].dtype == "str"


def test_a_code_of_which_no_row_was_left_out_is_not_listed() -> None:
    codes = coded(pd.Series(["FR", "UK", "UK"], dtype="str"))
    assert left_out(codes[1:], "outside_scope", "why") == [("outside_scope", "UK", "why", 2)]
