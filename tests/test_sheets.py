"""Tables that people take home: Vietnamese as it is, and no cell ever a formula."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from counter.sheets import csv_of, xlsx_of

HEAD = ["Tên", "Số"]
FORMULAS = ["=1+1", "+84 912", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"]


def test_vietnamese_stays_as_it_is_in_both_kinds() -> None:
    rows = [HEAD, ["Đăng ký khai sinh", 12]]
    assert csv_of(rows).decode("utf-8-sig").splitlines()[1] == '"Đăng ký khai sinh",12'
    assert [cell.value for cell in load_workbook(BytesIO(xlsx_of(rows))).active[2]] == ["Đăng ký khai sinh", 12]


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_looks_like_a_formula_is_a_text_in_csv(cell: str) -> None:
    read = list(csv.reader(StringIO(csv_of([HEAD, [cell, 1]]).decode("utf-8-sig"))))
    assert read[1][0] == f"'{cell}"


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_looks_like_a_formula_is_a_text_in_xlsx(cell: str) -> None:
    own = load_workbook(BytesIO(xlsx_of([HEAD, [cell, 1]]))).active["A2"]
    assert (own.data_type, own.value.strip(), own.quotePrefix) == ("s", cell.strip(), True)


def test_a_negative_number_stays_a_number() -> None:
    assert csv_of([["n"], [-3]]).decode("utf-8-sig").split() == ['"n"', "-3"]
    assert load_workbook(BytesIO(xlsx_of([["n"], [-3]]))).active["A2"].value == -3


def test_letters_that_no_spreadsheet_takes_are_left_out() -> None:
    assert load_workbook(BytesIO(xlsx_of([["a\x01b"]]))).active["A1"].value == "ab"
