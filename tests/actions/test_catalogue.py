"""The catalogue comes in from a file, again and again (R5)."""

from pathlib import Path

import pytest

from counter.actions import catalogue as importing
from counter.actions.catalogue import How
from counter.actions.procedures import set_many, set_procedure
from counter.catalogue.files import table
from counter.database import db
from counter.models import catalogue
from counter.models import procedure as procedures
from counter.models.catalogue_import import DONE, RUNNING, UPLOADED, CatalogueImport
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.ticket import Ticket
from queues.errors import NotFound, Unreadable
from tests.actions.test_issue import take
from tests.cast import MORNING, Cast, an_office, form
from tests.data import DIRTY, REAL, SEMICOLON

HEAD = "Mã TTHC;Tên thủ tục hành chính;Lĩnh vực;Mức độ;Dịch vụ\n"
THREE = """1.000001;Đăng ký khai sinh;Hộ tịch;;A
1.000002;Đăng ký kết hôn;Hộ tịch;toàn trình;
1.000003;Tách thửa;Đất đai;;b
"""


def bring(cast: Cast, text: str | Path, **how: bool) -> CatalogueImport:
    """Upload a file, take its columns as they were understood, and write it."""
    body = text.read_bytes() if isinstance(text, Path) else text.encode()
    own = int(importing.upload(cast.office, "file.csv", body, form())["import"])
    importing.start(cast.office, own, How(table(body).columns, **how), form())
    importing.run(cast.office, own, form())
    return came_to(own)


def came_to(import_id: int) -> CatalogueImport:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(CatalogueImport, import_id)


def counts(own: CatalogueImport) -> dict[str, int]:
    return {kind: own.report[kind] for kind in ("added", "changed", "unchanged", "gone", "back", "refused")}


def only(**some: int) -> dict[str, int]:
    return {**dict.fromkeys(("added", "changed", "unchanged", "gone", "back", "refused"), 0), **some}


def of(cast: Cast, code: str) -> Procedure:
    db.session.rollback()
    db.session.expire_all()
    found = procedures.by_code(cast.office, code)
    assert found is not None
    return found


def test_the_real_catalogue_comes_in_whole_and_a_second_time_nothing_has_changed(cast: Cast) -> None:
    heard: list[tuple[int, int]] = []
    body = REAL.read_bytes()
    own = int(importing.upload(cast.office, "procedures.csv", body, form())["import"])
    importing.start(cast.office, own, How(table(body).columns), form())
    importing.run(cast.office, own, form(), lambda written, total: heard.append((written, total)))
    assert (came_to(own).status, counts(came_to(own))) == (DONE, only(added=2954))
    assert heard[0] == (100, 2954) and heard[-1] == (2954, 2954)
    assert came_to(own).body is None, "the file is let go of"
    assert counts(bring(cast, REAL)) == only(unchanged=2954)


def test_of_the_dirty_file_the_good_rows_go_in_and_each_bad_one_has_its_line(cast: Cast) -> None:
    own = bring(cast, DIRTY)
    assert counts(own) == only(added=40, refused=17)
    assert [line[0] for line in own.report["lines"]] == [
        14,
        15,
        16,
        17,
        18,
        19,
        20,
        26,
        33,
        34,
        36,
        46,
        47,
        50,
        58,
        59,
        62,
    ]
    assert counts(bring(cast, DIRTY)) == only(unchanged=40, refused=17)


def test_semicolons_and_a_mark_at_the_beginning(cast: Cast) -> None:
    assert counts(bring(cast, SEMICOLON)) == only(added=60)


def test_a_later_file_says_what_is_new_other_gone_and_back(cast: Cast) -> None:
    assert counts(bring(cast, HEAD + THREE)) == only(added=3)
    later = THREE.replace("Tách thửa", "Tách thửa, hợp thửa").replace("1.000001", "1.000004")
    own = bring(cast, HEAD + later)
    assert counts(own) == only(added=1, changed=1, unchanged=1, gone=1)
    assert own.report["which"] == {"added": ["1.000004"], "changed": ["1.000003"], "back": [], "gone": ["1.000001"]}
    assert of(cast, "1.000001").retired, "tickets and reports still name it"
    assert counts(bring(cast, HEAD + THREE)) == only(back=1, changed=1, unchanged=1, gone=1)
    assert not of(cast, "1.000001").retired


def test_a_list_that_is_not_the_whole_catalogue_retires_nothing(cast: Cast) -> None:
    bring(cast, HEAD + THREE)
    assert counts(bring(cast, HEAD + THREE.splitlines()[0], whole=False)) == only(unchanged=1)


def test_a_file_that_would_retire_more_than_half_asks_first(cast: Cast) -> None:
    bring(cast, HEAD + THREE)
    one = HEAD + THREE.splitlines()[0]
    own = bring(cast, one)
    assert (own.status, own.report) == (UPLOADED, {"ask": 2, "of": 3})
    assert not of(cast, "1.000003").retired
    assert counts(bring(cast, one, sure=True)) == only(unchanged=1, gone=2)


def test_a_row_that_stays_out_says_nothing_also_not_that_its_procedure_is_gone(cast: Cast) -> None:
    bring(cast, HEAD + THREE + "1.000020;Hộ khẩu;;;\n1.000021;Tạm trú;;;\n2.000021;Tạm vắng;;;\n")
    own = bring(cast, HEAD + THREE.replace("Tách thửa", "-") + "1.00002;Hộ khẩu;;;\n2.000021;Tạm vắng;;;\n")
    assert counts(own) == only(unchanged=3, refused=2)
    assert not of(cast, "1.000003").retired and not of(cast, "1.000020").retired


def test_a_service_is_named_by_letter_or_name_else_the_field_knows_it(cast: Cast) -> None:
    own = bring(cast, HEAD + THREE + "1.000004;Cấp phép;Xây dựng;;Công an\n")
    assert of(cast, "1.000001").service_id == cast.services["A"]
    assert of(cast, "1.000003").service_id == cast.services["B"]
    assert of(cast, "1.000002").service_id is None, "nothing was known of the field yet"
    assert [5, "1.000004", "no_service", "Công an"] in own.report["notes"]
    bring(cast, HEAD + "1.000009;Khai tử;Hộ tịch;;\n", whole=False)
    assert of(cast, "1.000009").service_id == cast.services["A"]


def test_what_the_manager_has_set_by_hand_outlives_the_next_file(cast: Cast) -> None:
    bring(cast, HEAD + THREE)
    own = of(cast, "1.000001").id
    set_many(cast.office, {own}, {"online": "partial", "service_id": cast.services["C"]}, form())
    set_procedure(cast.office, own, {"also": "giấy khai sinh"}, form())
    assert counts(bring(cast, HEAD + THREE)) == only(unchanged=3)
    assert (of(cast, "1.000001").online, of(cast, "1.000001").also) == ("partial", "giấy khai sinh")
    set_many(cast.office, {own}, {"online": None}, form())
    bring(cast, HEAD + THREE.replace("Hộ tịch;;A", "Hộ tịch;một phần;A"))
    assert of(cast, "1.000001").online == "partial", "given free, it is as the file says"


def test_the_service_of_another_office_is_not_found(cast: Cast) -> None:
    other = an_office("other")
    bring(cast, HEAD + THREE)
    with pytest.raises(NotFound):
        set_many(cast.office, {of(cast, "1.000001").id}, {"service_id": other.services["A"]}, form())
    with pytest.raises(NotFound):
        set_procedure(other.office, of(cast, "1.000001").id, {"online": "full"}, form())


def test_offices_keep_catalogues_of_their_own(cast: Cast) -> None:
    other = an_office("other")
    bring(cast, HEAD + THREE)
    assert counts(bring(other, HEAD + THREE)) == only(added=3)
    with pytest.raises(NotFound):
        importing.start(other.office, bring(cast, HEAD + THREE).id, How({"code": 0, "name": 1}), form())


def test_an_import_that_was_interrupted_goes_on_where_it_stood(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    body = (HEAD + THREE).encode()
    own = int(importing.upload(cast.office, "a.csv", body, form())["import"])
    importing.start(cast.office, own, How(table(body).columns), form())

    def cut(written: int, _total: int) -> None:
        if written == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.run(cast.office, own, form(), cut)
    assert (came_to(own).status, came_to(own).written) == (RUNNING, 2)
    importing.run(cast.office, own, form())
    assert (came_to(own).status, counts(came_to(own))) == (DONE, only(added=3))


def test_a_second_one_at_the_same_import_writes_nothing_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)
    body = (HEAD + THREE).encode()
    own = int(importing.upload(cast.office, "a.csv", body, form())["import"])
    importing.start(cast.office, own, How(table(body).columns), form())
    importing.run(
        cast.office, own, form(), lambda written, _t: importing.run(cast.office, own, form()) if written == 1 else None
    )
    assert counts(came_to(own)) == only(added=3)


def test_the_same_form_twice_keeps_one_file_and_starts_once(cast: Cast) -> None:
    sent = form()
    first = importing.upload(cast.office, "a.csv", (HEAD + THREE).encode(), sent)
    assert importing.upload(cast.office, "a.csv", (HEAD + THREE).encode(), sent) == first
    assert db.session.query(CatalogueImport).count() == 1


def test_what_cannot_be_read_is_not_kept(cast: Cast) -> None:
    with pytest.raises(Unreadable):
        importing.upload(cast.office, "a.xlsx", b"PK\x03\x04 no", form())
    assert db.session.query(CatalogueImport).count() == 0


def test_frequent_is_what_is_pinned_or_asked_for_most(cast: Cast) -> None:
    bring(cast, HEAD + THREE)
    ticket = take(cast)
    db.session.get_one(Ticket, ticket).procedure_id = of(cast, "1.000002").id
    db.session.commit()
    set_many(cast.office, {of(cast, "1.000003").id}, {"pinned": True}, form())
    found = {db.session.get_one(Procedure, own).code for own in catalogue.frequent(cast.office, MORNING.date())}
    assert found == {"1.000002", "1.000003"}


def test_screens_learn_of_the_new_catalogue(cast: Cast) -> None:
    before = db.session.get_one(Office, cast.office).seq
    bring(cast, HEAD + THREE)
    db.session.expire_all()
    assert db.session.get_one(Office, cast.office).seq > before
