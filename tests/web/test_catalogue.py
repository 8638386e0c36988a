"""The manager's pages about the catalogue (R5)."""

import io
import time
import zipfile

import pytest
from flask import Flask
from openpyxl import Workbook, load_workbook
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from counter.database import db, save
from counter.models import catalogue_import as imports
from counter.models.catalogue_import import CatalogueImport
from counter.models.procedure import Procedure
from tests.cast import Cast, an_office
from tests.data import DIRTY, REAL
from tests.pages import Page, PageClient

ROOT = "/offices/demo/settings/catalogue"
THREE = (
    "Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Mức độ;Ghi chú\n"
    "1.000001;Đăng ký khai sinh;Hộ tịch;;x\n"
    "1.000002;=HYPERLINK(1);Hộ tịch;toàn trình;\n"
    "1.000003;Tách thửa;Đất đai;;\n"
    "hai;Sai mã;Đất đai;;\n"
)
SLOWEST = 60.0


@pytest.fixture
def manager(app: Flask, cast: Cast) -> PageClient:
    manager = PageClient(app)
    manager.sign_in("quanly")
    return manager


def send(manager: PageClient, body: bytes, name: str = "list.csv") -> Page:
    """Upload a file as a browser does."""
    form = manager.get(ROOT).form("/imports")
    boundary, data = encode_multipart({**form.fields, "file": FileStorage(io.BytesIO(body), name)})
    kind = f"multipart/form-data; boundary={boundary}"
    answer = manager.open(form.action, "POST", data=data, content_type=kind)
    return manager.get(answer.headers["Location"]) if answer.status_code == 303 else Page(answer)


def write(manager: PageClient, page: Page, **changed: str) -> Page:
    """Accept the columns, and look again until it is written."""
    address = str(page.form(import_of(page)).action)
    chosen = {str(own.get("name")): own.xpath("string(option[@selected]/@value)") for own in page.all("//select")}
    page = manager.send(page.form(import_of(page)), **{**chosen, **changed})
    until = time.monotonic() + SLOWEST
    while page.status == 200 and page.all("//progress"):
        assert time.monotonic() < until
        time.sleep(0.02)
        page = manager.get(address)
    return page


def import_of(page: Page) -> str:
    return next(str(form.get("action")) for form in page.all("//form[@id='columns']"))


def brought(manager: PageClient, text: str = THREE) -> Page:
    return write(manager, send(manager, text.encode()))


def codes() -> set[str]:
    db.session.rollback()
    return {own.code for own in db.session.query(Procedure).filter_by(retired=False)}


def own(code: str) -> Procedure:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Procedure).filter_by(code=code).one()


def wrong(page: Page) -> str:
    return " ".join(" ".join(node.itertext()) for node in page.all('//*[contains(@class, "wrong")]'))


def test_columns_are_shown_with_their_first_rows_before_anything_is_written(manager: PageClient) -> None:
    page = send(manager, THREE.encode())
    chosen = [own.xpath("string(option[@selected]/@value)") for own in page.all("//select")]
    assert chosen == ["code", "name", "field", "online", ""]
    assert "Đăng ký khai sinh" in page.text
    assert codes() == set()


def test_a_file_is_written_and_its_refused_rows_are_told_with_their_lines(manager: PageClient) -> None:
    page = brought(manager)
    assert codes() == {"1.000001", "1.000002", "1.000003"}
    told = " ".join(page.all('//*[@aria-labelledby="refused-head"]')[0].itertext())
    assert "5" in told and "hai" in told
    assert page.all('//*[@aria-labelledby="notes-head"]')


def test_the_same_file_again_changes_nothing(manager: PageClient) -> None:
    brought(manager)
    page = brought(manager)
    assert page.all('//p[@class="worked-out"]')


def test_a_column_can_be_corrected_and_each_may_be_only_one_thing(manager: PageClient) -> None:
    page = send(manager, THREE.encode())
    twice = write(manager, page, **{"column-4": "name"})
    assert twice.status == 422 and wrong(twice)
    assert codes() == set()
    write(manager, page, **{"column-4": "also"})
    assert own("1.000001").also == "x"


def test_without_a_code_or_a_name_nothing_is_written(manager: PageClient) -> None:
    page = write(manager, send(manager, b"a;b\n1;2\n"))
    assert page.status == 422 and wrong(page)


def test_a_file_can_be_thrown_away(manager: PageClient) -> None:
    page = send(manager, THREE.encode())
    manager.send(page.form(import_of(page), delete=True))
    assert db.session.query(CatalogueImport).count() == 0


def test_a_file_that_would_take_out_more_than_half_asks(manager: PageClient) -> None:
    brought(manager)
    short = "\n".join(THREE.splitlines()[:2]) + "\n"
    page = brought(manager, short)
    assert codes() == {"1.000001", "1.000002", "1.000003"}
    assert page.all('//input[@name="sure"]')
    page = write(manager, page, sure="1")
    assert codes() == {"1.000001"}


def test_the_dirty_file_through_the_page(manager: PageClient) -> None:
    page = write(manager, send(manager, DIRTY.read_bytes()))
    lines = page.all('//*[@aria-labelledby="refused-head"]//li')
    assert len(lines) == 17 and len(codes()) == 40


def zip_of(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in parts.items():
            opened.writestr(name.replace("__", "/"), body)
    return written.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"PK\x03\x04 not really",
        zip_of(xl__workbook=b"0" * 70_000_000),
        zip_of(xl__workbook=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        zip_of(word__document=b"<a/>"),
    ],
    ids=["empty", "old book", "malformed", "bomb", "entities", "another kind"],
)
def test_what_is_no_catalogue_is_refused_with_a_sentence_at_the_field(manager: PageClient, body: bytes) -> None:
    page = send(manager, body, "list.xlsx")
    assert page.status == 422
    assert len(wrong(page).split()) > 4
    assert db.session.query(CatalogueImport).count() == 0


def test_a_file_of_50_mb_is_refused_with_a_sentence(manager: PageClient) -> None:
    body = io.BytesIO(b"x" * 50_000_000)
    kind = "multipart/form-data; boundary=x"
    page = Page(
        manager.open(f"{ROOT}/imports", "POST", input_stream=body, content_type=kind, content_length=50_000_000)
    )
    assert page.status == 413
    assert body.tell() == 50_000_000, "the rest was let pass, so that a browser hears the sentence"
    assert "8 MB" in page.text


def test_only_this_form_takes_so_much(manager: PageClient) -> None:
    page = manager.post(f"{ROOT}/many", csrf_token=manager.token(), codes="x" * 300_000)
    assert page.status == 413


def test_a_workbook(manager: PageClient) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["DANH MỤC THỦ TỤC"])
    sheet.append(["STT", "Mã số TTHC", "Tên TTHC", "Lĩnh vực"])
    sheet.append([1, "1.000010", "Đăng ký khai sinh", "Hộ tịch"])
    sheet.append([2, 1.00002, "Mất số cuối", "Hộ tịch"])
    sheet.append([3, 1.00003, "Còn đủ số", "Hộ tịch"])
    sheet["B5"].number_format = "0.000000"
    written = io.BytesIO()
    book.save(written)
    page = write(manager, send(manager, written.getvalue(), "list.xlsx"))
    assert codes() == {"1.000010", "1.000030"}
    assert "4" in " ".join(page.all('//*[@aria-labelledby="refused-head"]')[0].itertext())


def test_the_list_finds_words_in_any_order_without_marks(manager: PageClient) -> None:
    brought(manager)
    page = manager.get(f"{ROOT}?q=sinh+khai")
    assert [str(link.text) for link in page.all('//ul[contains(@class, "errands")]//a')] == ["Đăng ký khai sinh"]
    assert len(manager.get(f"{ROOT}?only=unknown").all('//ul[contains(@class, "errands")]/li')) == 2


def test_a_long_list_has_pages(manager: PageClient) -> None:
    rows = "".join(f"1.{number:06};Thủ tục {number};Hộ tịch;;\n" for number in range(120))
    brought(manager, THREE.splitlines()[0] + "\n" + rows)
    page = manager.get(f"{ROOT}?page=3&only=unknown")
    assert len(page.all('//ul[contains(@class, "errands")]/li')) == 20
    assert manager.get(f"{ROOT}?page=99").status == 200


def test_many_at_once_by_field_and_by_pasted_codes(manager: PageClient, cast: Cast) -> None:
    brought(manager)
    many = manager.get(f"{ROOT}/many").form("/many")
    manager.send(many, field="Hộ tịch", online="partial", service=str(cast.services["A"]), pinned="yes")
    assert (own("1.000001").online, own("1.000001").service_id, own("1.000001").pinned) == (
        "partial",
        cast.services["A"],
        True,
    )
    assert own("1.000003").online is None
    page = manager.send(
        manager.get(f"{ROOT}/many").form("/many"), codes="1.000003, 1.999999\n'1.000001", post_out="yes"
    )
    assert (own("1.000003").post_out, own("1.000001").post_out, own("1.000002").post_out) == (True, True, None)
    assert "1.999999" in page.said()


@pytest.mark.parametrize(
    "fields",
    [{}, {"online": "full"}, {"field": "Hộ tịch"}, {"field": "Hộ tịch", "codes": "1.000001", "online": "full"}],
)
def test_many_at_once_needs_one_choice_and_something_to_set(manager: PageClient, fields: dict[str, str]) -> None:
    brought(manager)
    page = manager.send(manager.get(f"{ROOT}/many").form("/many"), **fields)
    assert page.status == 422 and wrong(page)
    assert own("1.000001").online is None


def test_one_errand_is_set_by_hand_and_a_wrong_address_is_told(manager: PageClient) -> None:
    brought(manager)
    one = f"{ROOT}/procedures/{own('1.000001').id}"
    typed = {"also": "giấy khai sinh", "papers": "Tờ khai\nGiấy chứng sinh"}
    page = manager.send(manager.get(one).form(one), **typed, url="dichvucong")
    assert page.status == 422 and "giấy khai sinh" in page.text
    manager.send(manager.get(one).form(one), **typed, url="https://dichvucong.gov.vn/1")
    assert (own("1.000001").also, own("1.000001").papers) == ("giấy khai sinh", ["Tờ khai", "Giấy chứng sinh"])
    assert own("1.000001").url == "https://dichvucong.gov.vn/1"


def test_no_cell_of_an_export_is_a_formula_and_brought_back_nothing_has_changed(manager: PageClient) -> None:
    brought(manager)
    csv = manager.open(f"{ROOT}.csv").get_data()
    assert '"\'=HYPERLINK(1)"' in csv.decode("utf-8-sig")
    xlsx = manager.open(f"{ROOT}.xlsx").get_data()
    cells = [cell for row in load_workbook(io.BytesIO(xlsx)).active.iter_rows() for cell in row]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
    for body, name in ((csv, "a.csv"), (xlsx, "a.xlsx")):
        assert write(manager, send(manager, body, name)).all('//p[@class="worked-out"]'), name


def test_the_real_catalogue_taken_along_and_brought_back_has_not_changed(manager: PageClient) -> None:
    write(manager, send(manager, REAL.read_bytes()))
    page = write(manager, send(manager, manager.open(f"{ROOT}.xlsx").get_data(), "a.xlsx"))
    assert page.all('//p[@class="worked-out"]')


def test_progress_is_shown_and_refreshed_without_a_script(manager: PageClient, cast: Cast) -> None:
    form = send(manager, THREE.encode()).form("/imports/1", delete=False)
    save(lambda: imports.become(1, status="running", total=3, written=1))
    page = manager.get(form.action)
    assert page.all('//progress[@max="3"][@value="1"]')
    assert page.all('//*[@hx-trigger="every 1s"]') and 'http-equiv="refresh"' in page.text


def test_only_the_manager_of_the_office_sees_and_changes_it(app: Flask, manager: PageClient) -> None:
    brought(manager)
    an_office("other")
    guide = PageClient(app)
    guide.sign_in("huongdan")
    for address in (ROOT, f"{ROOT}.csv", f"{ROOT}/many", f"{ROOT}/imports/1", f"{ROOT}/procedures/1"):
        assert guide.open(address).status_code == 403
    other = PageClient(app)
    other.sign_in("quanly-other")
    foreign = ROOT.replace("demo", "other")
    for address in (f"{foreign}/imports/1", f"{foreign}/procedures/{own('1.000001').id}"):
        assert other.open(address).status_code == 404
