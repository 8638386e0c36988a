"""The poster and the leaflet as printed: read by people (text), by phones (codes), and nothing overlaps (R9)."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from counter.models.words import Words
from counter.paper import blocks, parts
from counter.paper.content import Sheet, Told
from counter.paper.pen import MM, Ink, Pen, leading
from counter.paper.sheet import leaflet, poster
from tests.paper_sample import EMPTY, FULL, HOME, LONG, MAPS, PORTAL, TOO_MUCH, codes, pictures, texts

SHEETS = {"full": FULL, "empty": EMPTY, "too much": TOO_MUCH, "in English": replace(FULL, lang="en")}
CROWDED = {
    f"{n} times": replace(FULL, told=FULL.told * n, persons=FULL.persons * n, points=FULL.points * n)
    for n in range(2, 8)
}
ALONE = {name: replace(EMPTY, **{name: getattr(FULL, name) * 4}) for name in ("services", "told", "persons", "points")}
POINTS = {"a4": (595, 842), "a3": (842, 1191)}


def all_papers(sheet: Sheet) -> list[bytes]:
    return [poster(sheet, "a4"), poster(sheet, "a3"), leaflet(sheet)]


def size_of(pdf: bytes) -> tuple[int, int]:
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    return round(box.width), round(box.height)


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_a_poster_is_one_page_of_its_size(size: str) -> None:
    assert (len(texts(poster(FULL, size))), size_of(poster(FULL, size))) == (1, POINTS[size])


def test_a_leaflet_is_two_sides_of_a5_and_one_where_there_is_nothing_more_to_say() -> None:
    assert (len(texts(leaflet(FULL))), len(texts(leaflet(EMPTY))), size_of(leaflet(FULL))) == (2, 1, (420, 595))


@pytest.mark.parametrize("pdf", all_papers(FULL), ids=["a4", "a3", "a5"])
def test_it_says_who_how_and_whom_to_ask_with_every_mark(pdf: bytes) -> None:
    text = " ".join(texts(pdf))
    for said in (
        "Bộ phận Một cửa phường Hòa Bình", "Hoa Binh Ward One-Stop Desk", "Nộp hồ sơ trực tuyến", "File it online",
        "Qua bưu điện", "Đến khi vắng người", "Hộ tịch", "Nguyễn Thị Hằng", "0229 3 871 234",
        "Miễn cước gửi trả kết quả",
        "Từ 01/11/2026 đến 31/12/2026", "Đến 27/11/2026", "Nhà văn hóa",
        "Cập nhật ngày 23/11/2026", "dichvucong.gov.vn",
    ):  # fmt: skip
        assert said in text
    assert normalize("NFC", text) == text


@pytest.mark.parametrize("pdf", all_papers(FULL), ids=["a4", "a3", "a5"])
def test_phones_read_the_codes_off_the_printed_page(pdf: bytes) -> None:
    read = {code for page in pictures(pdf) for code in codes(page)}
    assert {PORTAL, HOME, MAPS[0]} <= read <= {PORTAL, HOME, *MAPS}


def test_every_vietnamese_letter_has_a_shape_of_its_own() -> None:
    letters, marks = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    marked = "".join(normalize("NFC", letter + mark) for letter in letters for mark in marks) + "đĐ"
    sheet = replace(EMPTY, told=(Told("notice", Words(marked, ""), Words("", "")),))
    assert marked in "".join(texts(poster(sheet, "a3"))).replace(" ", "")


def test_marks_typed_apart_are_put_together_and_what_the_typeface_lacks_is_left_out() -> None:
    name = normalize("NFD", "Tiếng Việt") + " 😀漢"
    assert "Tiếng Việt" in texts(poster(replace(EMPTY, name=Words(name, "")), "a4"))[0]


def test_english_is_large_where_it_is_asked_for() -> None:
    assert texts(poster(SHEETS["in English"], "a4"))[0].startswith("Hoa Binh Ward One-Stop Desk Bộ phận Một cửa")


@pytest.mark.parametrize("sheet", [FULL, TOO_MUCH], ids=["full", "too much"])
def test_the_same_content_is_the_same_file(sheet: Sheet) -> None:
    assert poster.__wrapped__(sheet, "a4") == poster.__wrapped__(sheet, "a4")
    assert poster(sheet, "a4") != poster(replace(sheet, day=date(2026, 11, 24)), "a4")


def test_too_much_to_say_leaves_the_rest_to_an_address() -> None:
    back = texts(leaflet(TOO_MUCH))[1]
    assert 1 <= back.count("Miễn cước") < 12
    assert back.count("Xem thêm tại") == 4, "in each of three sections, and at the foot"


@pytest.mark.parametrize("sheet", (ALL := SHEETS | CROWDED | ALONE).values(), ids=ALL)
def test_nothing_lies_over_anything_else_or_leaves_the_page(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[float, float, float, float]] = []
    pages: list[tuple[float, float]] = []
    original, new_page = blocks.Block.draw, Pen.page

    def draw(self: blocks.Block, pen: Pen, x: float, y: float, width: float) -> None:
        drawn.append((len(pages), x, y, x + width, y + self.height(pen, width)))  # type: ignore[arg-type]
        original(self, pen, x, y, width)

    def page(self: Pen) -> None:
        pages.append((self.width, self.height))
        new_page(self)

    monkeypatch.setattr(blocks.Block, "draw", draw)
    monkeypatch.setattr(Pen, "page", page)
    for make in (lambda: poster.__wrapped__(sheet, "a4"), lambda: leaflet.__wrapped__(sheet)):
        drawn.clear(), pages.clear()
        make()
        assert drawn
        check_apart(drawn, pages)


def check_apart(drawn: list[tuple[float, ...]], pages: list[tuple[float, float]]) -> None:
    for n, (page, left, top, right, bottom) in enumerate(drawn):
        width, height = pages[int(page) - 1]
        assert left >= 12 and right <= width - 12 + 0.1 and top >= 12 and bottom <= height - 12 + 0.1
        for other, left2, top2, right2, bottom2 in drawn[n + 1 :]:
            apart = page != other or right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, (drawn[n], (left2, top2, right2, bottom2))


def test_a_long_name_is_set_smaller_and_never_cut() -> None:
    assert LONG in texts(poster(TOO_MUCH, "a4"))[0]
    sizes = [parts.head(TOO_MUCH, size).lines[0].ink.size for size in (27, 14)]
    assert sizes == [27, 14]


def test_lines_leave_room_for_marks() -> None:
    assert leading(Ink(10)) >= 1.35 * 10 * MM


def test_the_letters_have_the_colours_of_the_screens() -> None:
    css = (Path(__file__).parent.parent / "static/css/tokens.css").read_text()
    for colour in (*parts.LETTERS.values(), parts.ANY_LETTER):
        assert "#{:02x}{:02x}{:02x}".format(*colour) in css
