"""The demo office: a real desk in miniature, open at all hours.

Nothing in it is needed for an office of one's own (`flask --app app first-run`).
"""

import secrets
from pathlib import Path

from counter import clock
from counter.catalogue.demo import entries
from counter.database import db, save
from counter.models.area import Area
from counter.models.cap import CapRule
from counter.models.contact import Contact
from counter.models.counter import Counter
from counter.models.help_point import HelpPoint
from counter.models.notice import HOUSE_RULE, NOTICE, OFFER, Notice
from counter.models.office import Office
from counter.models.procedure import Procedure
from counter.models.service import COLLECT, INTAKE, ORIGINAL, PriorityClass, Service
from counter.models.staff import ADMINISTRATOR, CLERK, COORDINATOR, GUIDE, MANAGER, Staff
from queues.online import FULL, PARTIAL, POST_OUT

SERVICES = (
    ("A", "Hộ tịch", "Civil status"),
    ("B", "Chứng thực", "Certification"),
    ("C", "Đất đai", "Land"),
    ("D", "Đăng ký kinh doanh", "Business registration"),
    ("E", "Xây dựng", "Construction"),
    ("G", "Bảo trợ xã hội", "Social protection"),
    ("H", "Nhận kết quả", "Collect a result"),
    ("K", "Nộp bản chính cho hồ sơ trực tuyến", "Bring the original for an online file"),
)
KINDS = {"H": COLLECT, "K": ORIGINAL}
"""What a service is for, where it is not to hand something in."""
SET_BY_HAND = {
    "1.001193": FULL, "1.004873": FULL, "1.000656": FULL, "1.001612": FULL, "1.000894": PARTIAL, "2.000884": PARTIAL,
}  # fmt: skip
"""Online levels as a manager would set them: the catalogue does not say them (docs/decisions/0013). For the demo only;
a real desk looks at the portal."""
CLASSES = (
    ("Người từ đủ 75 tuổi trở lên", "Aged 75 or over"),
    ("Người khuyết tật", "With a disability"),
    ("Phụ nữ mang thai", "Pregnant"),
    ("Có con nhỏ dưới 36 tháng", "With a child under 3"),
    ("Người có công", "Of merit to the nation"),
)
COUNTERS = ("ABK", "BAG", "CE", "CEK", "DH", "GHK")
"""The letters of the services that each counter takes, from counter one on."""
CAP = 20
AREA = ("Khu vực B", "Area B", 8)
HOUSE_RULES = (
    ("Chuẩn bị sẵn giấy tờ và mã số phiếu", "Have your papers and ticket ready"),
    ("Sát khuẩn tay trước khi vào", "Clean your hands before you come in"),
)
TEXTS = (
    (NOTICE, None, "Mang theo căn cước khi nộp hồ sơ.", "Bring your identity card when you hand in a file."),
    (OFFER, POST_OUT, "Giảm 30% cước trả kết quả qua bưu điện.", "30% off the postage of a result."),
)
CONTACTS = (
    ("", "Quầy hướng dẫn", "Help desk", "0200 000 0001"),
    ("Hộ tịch", "Chị An, công chức hộ tịch", "Ms An, civil status", "0200 000 0002"),
    ("Đất đai", "Anh Bình, công chức địa chính", "Mr Binh, land", "0200 000 0003"),
)
HOURS = ("Thứ Hai – thứ Sáu, 7:30–11:30 và 13:30–17:00", "Monday to Friday, 7:30–11:30 and 13:30–17:00")
HELP_POINT = ("Nhà văn hóa tổ 5", "Quarter 5 community house", "Tổ 5, phường Hòa Bình")
HELPS = (
    "Có máy tính, máy quét và người giúp nộp hồ sơ trực tuyến",
    "Computer, scanner and somebody who helps with filing online",
)

Account = tuple[str, str, str]
"""(role, user name, password)"""


def load() -> list[Account]:
    """Make the demo office in an empty database; returns its accounts with their passwords, told once."""
    return save(_make)


def is_wanted(data: Path) -> bool:
    """Whether no office has been set up yet, and nobody has said that this is to be an office of their own."""
    return not _kept_out(data).exists() and db.session.query(Office).first() is None


def keep_out(data: Path) -> None:
    """From now on the demo never comes into this DATA_DIR: `make run` serves it as empty as it is."""
    _kept_out(data).touch()


def _kept_out(data: Path) -> Path:
    return data / "no-demo"


def _make() -> list[Account]:
    office = Office(
        slug="demo", name_vi="Bộ phận Một cửa phường Hòa Bình", name_en="Hoa Binh Ward One-Stop Desk",
        timezone="Asia/Ho_Chi_Minh", day=clock.today("Asia/Ho_Chi_Minh"), cap=CAP,
    )  # fmt: skip
    office.services = [
        Service(letter=letter, name_vi=vi, name_en=en, position=position, kind=KINDS.get(letter, INTAKE))
        for position, (letter, vi, en) in enumerate(SERVICES)
    ]
    office.classes = [
        PriorityClass(name_vi=vi, name_en=en, position=position) for position, (vi, en) in enumerate(CLASSES)
    ]
    db.session.add(office)
    db.session.flush()
    counters = [_counter(office, number, letters) for number, letters in enumerate(COUNTERS, start=1)]
    db.session.add_all(counters)
    _room(office)
    _catalogue(office)
    _told(office)
    db.session.flush()
    return _accounts(office, counters)


def _room(office: Office) -> None:
    """Where the cap comes from, a waiting area, and what to do at the door."""
    vi, en, cap = AREA
    db.session.add(Area(office_id=office.id, name_vi=vi, name_en=en, cap=cap))
    db.session.add(
        CapRule(
            office_id=office.id, people=CAP, from_day=office.day, at=clock.now(), who="demo", why="demo", applied=True
        )
    )  # fmt: skip
    for text_vi, text_en in HOUSE_RULES:
        db.session.add(Notice(office_id=office.id, kind=HOUSE_RULE, text_vi=text_vi, text_en=text_en))


def _catalogue(office: Office) -> None:
    """What people come for, and a few levels that the manager has set."""
    letters = {service.letter: service.id for service in office.services}
    for entry in entries():
        values = {**entry.values, "name_vi": entry.values["name"], "service_id": letters[entry.values["service"]]}
        by_hand = ["online"] if entry.code in SET_BY_HAND else []
        values["online"] = SET_BY_HAND.get(entry.code, values["online"])
        own = {name: value for name, value in values.items() if name not in ("name", "service")}
        db.session.add(Procedure(office_id=office.id, code=entry.code, by_hand=by_hand, **own))


def _told(office: Office) -> None:
    """What the office tells: a notice, an offer, whom to ask, where else somebody helps."""
    for kind, way, text_vi, text_en in TEXTS:
        db.session.add(Notice(office_id=office.id, kind=kind, way=way, text_vi=text_vi, text_en=text_en))
    vi, en = HOURS
    for field, name_vi, name_en, phone in CONTACTS:
        own = {"field": field, "name_vi": name_vi, "name_en": name_en, "phone": phone}
        db.session.add(Contact(office_id=office.id, hours_vi=vi, hours_en=en, **own))
    point = {"name_vi": HELP_POINT[0], "name_en": HELP_POINT[1], "address": HELP_POINT[2]}
    helps = {"helps_vi": HELPS[0], "helps_en": HELPS[1]}
    db.session.add(HelpPoint(office_id=office.id, hours_vi=vi, hours_en=en, **point, **helps))


def _counter(office: Office, number: int, letters: str) -> Counter:
    services = [service for service in office.services if service.letter in letters]
    return Counter(office_id=office.id, number=number, services=services)


def _accounts(office: Office, counters: list[Counter]) -> list[Account]:
    staff = [
        Staff(office_id=office.id, role=ADMINISTRATOR, username="quantri", name="Quản trị"),
        Staff(office_id=office.id, role=COORDINATOR, username="dieuphoi", name="Điều phối"),
        Staff(office_id=office.id, role=MANAGER, username="quanly", name="Quản lý"),
        Staff(office_id=office.id, role=GUIDE, username="huongdan", name="Hướng dẫn"),
        *(
            Staff(office_id=office.id, role=CLERK, username=f"quay{c.number}", name=f"Quầy {c.number}", counter_id=c.id)
            for c in counters
        ),
    ]
    db.session.add_all(staff)
    return [_with_password(member) for member in staff]


def _with_password(member: Staff) -> Account:
    password = secrets.token_urlsafe(9)
    member.set_password(password)
    return member.role, member.username, password
