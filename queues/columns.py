"""Which column of an office's file is what: by its name, in Vietnamese or English, marks and case aside."""

from collections.abc import Mapping, Sequence

from queues.letters import fold

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": (
        "code", "ma", "ma tthc", "ma so", "ma so tthc", "ma thu tuc", "ma so thu tuc", "ma thu tuc hanh chinh",
        "ma so thu tuc hanh chinh", "procedure code", "ma tthc tren csdlqg", "ma so ho so tthc", "ma ho so tthc",
    ),
    "name": (
        "name", "ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh", "thu tuc", "thu tuc hanh chinh", "tthc",
        "procedure", "procedure name", "name vi", "vietnamese name", "ten tieng viet", "noi dung thu tuc hanh chinh",
    ),
    "name_en": ("name en", "english name", "ten tieng anh", "ten thu tuc tieng anh"),
    "also": ("also", "also called", "ten goi khac", "ten thuong goi", "ten khac", "tu khoa", "keywords"),
    "field": ("field", "linh vuc", "ten linh vuc", "nhom thu tuc", "linh vuc thuc hien"),
    "level": ("level", "cap", "cap thuc hien", "cap giai quyet", "cap hanh chinh"),
    "authority": (
        "authority", "co quan ban hanh", "co quan cong bo", "bo nganh", "bo", "co quan", "co quan thuc hien",
        "co quan co tham quyen", "co quan chu quan", "bo co quan ngang bo",
    ),
    "online": (
        "online", "online level", "dich vu cong truc tuyen", "dvctt", "dvc truc tuyen", "muc do", "muc do dvc",
        "muc do cung cap", "muc do dvctt", "muc do truc tuyen", "truc tuyen", "muc do cung cap dich vu cong truc tuyen",
        "muc do dich vu cong", "loai dich vu cong", "loai dvc", "muc do dich vu cong truc tuyen",
    ),
    "online_payment": ("online payment", "thanh toan truc tuyen", "thanh toan online", "nop phi truc tuyen"),
    "post_in": (
        "post", "post in", "hand in by post", "buu chinh", "buu chinh cong ich", "bcci", "dich vu bcci",
        "dich vu buu chinh cong ich", "tiep nhan qua bcci", "nop qua buu chinh", "nop ho so qua buu chinh",
        "tiep nhan qua buu chinh cong ich", "tiep nhan ho so qua buu chinh cong ich",
    ),
    "post_out": (
        "post out", "result by post", "tra ket qua qua buu chinh", "tra ket qua qua bcci", "nhan ket qua qua buu chinh",
        "tra ket qua qua buu chinh cong ich",
    ),
    "post_both": (
        "post both ways", "tiep nhan va tra ket qua qua bcci", "tiep nhan tra ket qua qua bcci",
        "tiep nhan va tra ket qua qua buu chinh cong ich", "tiep nhan tra ket qua qua buu chinh cong ich",
    ),
    "fee": ("fee", "fees", "phi", "le phi", "phi le phi", "phi va le phi", "muc phi", "muc le phi"),
    "days": (
        "days", "thoi han", "thoi han giai quyet", "thoi gian giai quyet", "thoi gian", "so ngay", "processing time",
        "so ngay giai quyet",
    ),
    "papers": ("papers", "giay to", "thanh phan ho so", "ho so", "ho so gom", "documents", "giay to can nop"),
    "url": (
        "url", "link", "address", "duong dan", "duong link", "lien ket", "dia chi", "portal address",
        "dia chi truy cap", "link dich vu cong", "duong dan dvc",
    ),
    "service": ("service", "dich vu", "quay", "loai dich vu", "ma dich vu", "service letter", "nhom dich vu tai quay"),
    "pinned": ("pinned", "frequent", "thuong gap", "hay lam", "pho bien"),
}  # fmt: skip
"""What a column may be, and the names it goes by. `post_in` also takes a plain "post": docs/decisions/0013."""

NEEDED = ("code", "name")
"""Without these a row says nothing."""

LONGEST_NAME = 60
"""Letters of a column's name. What is longer is no name of a column."""
_BY_NAME = {name: column for column, names in COLUMNS.items() for name in names}


def match(head: Sequence[str]) -> dict[str, int]:
    """Which column is what: {"code": 0, "name": 2}. A column that nobody knows is left out; the first of two counts."""
    found: dict[str, int] = {}
    for index, name in enumerate(head):
        column = _BY_NAME.get(fold(name)) if len(name) <= LONGEST_NAME else None
        if column and column not in found:
            found[column] = index
    return found


def is_head(cells: Sequence[str]) -> bool:
    """Whether a row names the columns: offices put titles above it, and repeat it between the pages."""
    return set(match(cells)) >= set(NEEDED)
