"""What a cell of a catalogue says, what is mended, and what stays out (docs/decisions/0013)."""

import io
import unicodedata
import zipfile

import pytest
from openpyxl import Workbook

from counter import sheets
from counter.catalogue import plain
from counter.catalogue.files import table
from queues import cells
from queues.catalogue import BROKEN, Reading, Told, read
from queues.cells import Fault
from queues.columns import match
from queues.errors import Unreadable
from queues.letters import fold, tidy, unreadable
from tests.data import DIRTY, REAL, SEMICOLON


def reading(body: bytes) -> Reading:
    own = table(body)
    return read(own.rows, own.columns, len(own.head))


def refused(body: bytes) -> dict[int, str]:
    return {told.line: told.why for told in reading(body).refused}


def noted(body: bytes) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for told in reading(body).notes:
        found.setdefault(told.why, []).append(told.line)
    return found


def names(body: bytes) -> dict[str, str]:
    return {entry.code: entry.values["name"] for entry in reading(body).entries}


def test_every_fault_of_the_dirty_file_has_its_line_and_reason() -> None:
    assert refused(DIRTY.read_bytes()) == {
        14: "repeats", 15: "conflicts", 16: "repeats", 17: "conflicts", 18: "no_name", 19: "no_name", 20: "no_name",
        26: "too_long", 33: "code_lost", 34: "code_lost", 36: "code_lost", 46: "too_few", 47: "too_many", 50: "total",
        58: "old_font", 59: "mojibake", 62: "quote",
    }  # fmt: skip


def test_what_is_mended_in_the_dirty_file_is_told_with_its_lines() -> None:
    assert noted(DIRTY.read_bytes()) == {
        "composed": [10, 11, 12, 13], "loose": [21, 22], "formula": [27, 28, 29, 30, 31, 32], "comma": [35],
        "dot_dropped": [37], "scientific": [38], "invisible": [39], "eth": [40], "apostrophe": [41],
        "spaces": [4, 5, 7, 11, 16, 17, 32, 42, 43, 44, 45, 54], "empty": [48, 49], "head_again": [51],
        "old_level": [52], "read_as": [53], "free": [55], "zeros": [55], "line_break": [60],
    }  # fmt: skip


def test_every_row_of_the_real_catalogue_is_understood_and_none_is_mended() -> None:
    own = reading(REAL.read_bytes())
    assert (len(own.entries), own.refused, own.notes) == (2954, [], [])


def test_a_later_row_of_the_same_code_names_the_line_and_what_differs() -> None:
    conflicts = [told for told in reading(DIRTY.read_bytes()).refused if told.why == "conflicts"]
    assert conflicts == [
        Told(15, "1.000894", "conflicts", ("3", "name")), Told(17, "1.004884", "conflicts", ("5", "days"))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("1.001193", "1.001193"),
        ("1.012753.000.00.00.H19", "1.012753.000.00.00.H19"),
        ("1,011049", "1.011049"),
        ("1012575", "1.012575"),
        ("1.012893E+00", "1.012893"),
        ("'1.013950", "1.013950"),
    ],
)
def test_a_code_that_has_all_its_figures_is_read(sent: str, code: str) -> None:
    assert cells.code_of(sent)[0] == code


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ("1.00002", "code_lost"),
        ("1,0117", "code_lost"),
        ("1.01E+00", "code_lost"),
        ("", "no_code"),
        ("Tổng cộng", "total"),
        ("abc", "not_a_code"),
        ("1.0000201", "not_a_code"),
        ("101257", "not_a_code"),
    ],
)
def test_a_code_that_lost_figures_is_never_guessed(sent: str, why: str) -> None:
    with pytest.raises(Fault) as fault:
        cells.code_of(sent)
    assert fault.value.why == why


def test_a_row_that_stays_out_keeps_its_procedure_from_being_gone() -> None:
    own = reading("code,name\n1.0117,Một\n1.000002,-\n".encode())
    assert own.names("1.011724") and own.names("1.000002")
    assert not own.names("1.012000")


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("toan_trinh", "full"), ("DVC toàn trình", "full"), ("TOÀN TRÌNH", "full"), ("Full", "full"),
        ("Một phần ", "partial"), ("mot_phan", "partial"), ("khong", "none"), ("Không", "none"), ("", None),
        ("Mức độ 4", None), ("3", None), ("toàn trình / một phần", None), ("chưa toàn trình, không", None),
        ("có", None),
    ],
)  # fmt: skip
def test_the_online_level_is_what_the_cell_says_and_never_more(said: str, level: str | None) -> None:
    assert cells.online_of(tidy(said)[0])[0] == level


@pytest.mark.parametrize(
    ("said", "value"),
    [("co", True), ("Có", True), ("x", True), ("không", False), ("", None), ("?", None), ("có thể", None)],
)
def test_yes_no_or_unknown(said: str, value: bool | None) -> None:
    assert cells.yes_or_no(said)[0] is value


def test_papers_are_a_list_without_its_bullets() -> None:
    assert cells.papers_of("- Tờ khai; • Giấy chứng sinh;; ;Sổ hộ khẩu…", 500)[0] == [
        "Tờ khai",
        "Giấy chứng sinh",
        "Sổ hộ khẩu…",
    ]
    assert reading('code,name,papers\n1.000001,Một,"Tờ khai\nGiấy chứng sinh"\n'.encode()).entries[0].values[
        "papers"
    ] == ["Tờ khai", "Giấy chứng sinh"]


def test_a_fee_of_nought_is_free_and_days_have_no_leading_nought() -> None:
    assert [cells.fee_of(fee, 99)[0] for fee in ("0đ", "0", "0 đồng", "50.000đ/lần")] == ["Miễn phí"] * 3 + [
        "50.000đ/lần"
    ]
    assert [cells.days_of(days, 99)[0] for days in ("07 ngày", "1.05 ngày", "100", "15-20")] == [
        "7 ngày",
        "1.05 ngày",
        "100",
        "15-20",
    ]
    assert cells.days_of("2026-05-07", 99) == ("", "date")


def test_an_address_is_one_that_a_browser_opens() -> None:
    assert cells.url_of("javascript:alert(1)", 99) == ("", "url")
    assert cells.url_of("https://dichvucong.gov.vn/x", 99)[0] == "https://dichvucong.gov.vn/x"


@pytest.mark.parametrize(
    "head",
    ["Mã TTHC,Tên thủ tục hành chính,Lĩnh vực", "CODE,NAME,FIELD", "ma so tthc:,TÊN TTHC,Lĩnh  vực"],
)
def test_columns_are_known_by_name_in_vietnamese_and_english_marks_aside(head: str) -> None:
    assert match(head.split(",")) == {"code": 0, "name": 1, "field": 2}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", list(";,\t|"))
def test_any_delimiter_and_any_newline(delimiter: str, newline: str) -> None:
    text = newline.join(
        delimiter.join(row) for row in (("Mã", "Tên", "Lĩnh vực"), ("1.000001", "Khai sinh", "Hộ tịch"))
    )
    assert names(text.encode()) == {"1.000001": "Khai sinh"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_letters_in_any_usual_encoding_come_out_composed(encoding: str) -> None:
    name = "Đăng ký khai tử, xác nhận tình trạng hôn nhân"
    text = f'code,name\n1.000001,"{name}"\n'
    if encoding == "cp1258":  # It has its marks behind their letters.
        text = "".join(_for_1258(letter) for letter in text)
    assert names(text.encode(encoding)) == {"1.000001": name}


def _for_1258(letter: str) -> str:
    try:
        letter.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", letter)
        return unicodedata.normalize("NFC", apart[:-1]) + apart[-1] if len(apart) == 2 else _by_mark(apart)
    return letter


def _by_mark(apart: str) -> str:
    """ậ: the mark of the letter stays with it, the tone stands behind."""
    tones = [mark for mark in apart[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
    rest = "".join(sign for sign in apart if sign not in tones)
    return unicodedata.normalize("NFC", rest) + "".join(tones)


def test_one_damaged_letter_spoils_one_row_and_not_the_file() -> None:
    body = REAL.read_bytes()[:60_000].rsplit(b"\n", 1)[0]
    broken = body.replace("Hải quan".encode(), b"H\xe1\xbai quan", 1)
    assert list(refused(broken).values()) == ["replaced"]


def test_titles_above_the_head_are_passed_over_and_lines_still_count_from_the_top() -> None:
    text = "DANH MỤC THỦ TỤC\n\nMã;Tên\n1.000001;Một\nhai;Hai\n"
    assert refused(text.encode()) == {5: "not_a_code"}


def test_an_unclosed_quote_loses_its_own_line_only() -> None:
    text = 'code,name\n1.000001,"Một\n1.000002,"Hai, ba"\n1.000003,Bốn\n1.000004,"Năm\n1.000005,Sáu\n'
    assert list(names(text.encode())) == ["1.000002", "1.000003", "1.000005"]
    assert refused(text.encode()) == {2: "quote", 5: "quote"}


def test_quotes_as_the_standard_has_them() -> None:
    rows = list(plain.rows(b'code,name\n1,"a ""b"", c"\n2,"line\nbreak"\n3,""\n'))
    assert [row.cells[1] for row in rows[1:]] == ['a "b", c', "line\nbreak", ""]
    assert [row.line for row in rows] == [1, 2, 3, 5]
    assert all(row.quotes != BROKEN for row in rows)


def test_a_title_line_for_spreadsheets_names_the_separator() -> None:
    assert names("sep=;\nMã;Tên\n1.000001;Một, hai, ba\n".encode()) == {"1.000001": "Một, hai, ba"}


def test_letters() -> None:
    assert fold("  LĨNH VỰC: Đất đai ") == "linh vuc dat dai"
    assert tidy("a\u200b\u00a0 b\r\nc") == ("a b c", {"invisible", "spaces", "line_break"})
    sent = ("Thñ tôc ®¨ng ký", "Thuû tuïc ñaêng kyù", "Thá»§ tá»¥c", "Th\ufffd tục", "Nguyễn Khuyến, Köln")
    assert [unreadable(text) for text in sent] == ["old_font", "old_font", "mojibake", "replaced", None]


def zipped(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in parts.items():
            opened.writestr(f"xl/{name}", body)
    return written.getvalue()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "old_book"),
        (b"PK\x03\x04", "damaged"),
        (zipped(sheet=b"<a/>"), "damaged"),
        (zipped(sheet=b"0" * 65 * 1024 * 1024), "bomb"),
        (zipped(sheet=b"0" * 5_000_000), "bomb"),
        (zipped(sheet=b"<!DOCTYPE a><a/>"), "damaged"),
        (b"x" * (8 * 1024 * 1024 + 1), "too_large"),
        (b"a,b\n" * 21_000, "too_many_rows"),
    ],
    ids=["empty", "blank", "old book", "cut", "no book", "bomb by size", "bomb by ratio", "doctype", "large", "rows"],
)
def test_what_is_no_catalogue_is_not_opened(body: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as error:
        table(body)
    assert error.value.why == why


def test_a_part_that_lies_about_its_size_is_not_believed() -> None:
    body = bytearray(zipped(sheet=b"0" * 70_000_000))
    at = body.rindex(b"PK\x01\x02")
    body[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        table(bytes(body))


def test_a_workbook_is_read_from_the_sheet_that_has_the_columns() -> None:
    book = Workbook()
    book.active.append(["Hướng dẫn"])
    sheet = book.create_sheet()
    for row in (
        ["Mã", "Tên", "Số ngày"],
        ["1.000001", "Một", 5],
        [1.011724, "Hai", None],
        [None, None, None],
        [1.01172, "Ba", 2.5],
    ):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    assert names(written.getvalue()) == {"1.000001": "Một", "1.011724": "Hai"}
    assert refused(written.getvalue()) == {5: "code_lost"}


@pytest.mark.parametrize("beginning", list("=+-@\t\r"))
def test_no_cell_of_ours_is_a_formula(beginning: str) -> None:
    cell = f"{beginning}1+1"
    assert sheets.csv_of([["a"], [cell]]).decode("utf-8-sig").split("\r\n", 1)[1].startswith("\"'")
    with zipfile.ZipFile(io.BytesIO(sheets.xlsx_of([["a"], [cell]]))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_semicolon_file_is_sound() -> None:
    assert (len(reading(SEMICOLON.read_bytes()).entries), reading(SEMICOLON.read_bytes()).refused) == (60, [])
