"""Sheets of paper as an office would hang them up: full, empty, with far too much to say; and how to read them back."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from counter.models.words import Words
from counter.paper.content import Labels, Person, Point, Sheet, Told, Way

HOME = "https://motcua.example.vn/offices/demo/tickets"
PORTAL = "https://dichvucong.gov.vn"
MAPS = ("https://maps.example.vn/nha-van-hoa-khu-pho-3", "https://maps.example.vn/buu-dien-hoa-binh")
LABELS = Labels(
    Words("Đỡ phải đi lại, đỡ phải chờ", "Fewer trips, less waiting"),
    Words("Lĩnh vực tiếp nhận", "What this desk does"),
    Words("Thông báo và ưu đãi", "Notices and offers"),
    Words("Cần hỏi, xin liên hệ", "Whom to ask"),
    Words("Điểm hỗ trợ", "Help points"),
    Words("Xem thêm tại", "More at"),
    Words("Cập nhật ngày 23/11/2026", "As of 23/11/2026"),
)
SERVICES = (
    ("A", Words("Hộ tịch", "Civil status")),
    ("B", Words("Chứng thực", "Certification")),
    ("C", Words("Đất đai", "Land")),
    ("D", Words("Đăng ký kinh doanh", "Business registration")),
    ("E", Words("Xây dựng", "Construction")),
    ("G", Words("Bảo trợ xã hội", "Social protection")),
    ("H", Words("Nhận kết quả", "Collect a result")),
    ("K", Words("Nộp bản chính cho hồ sơ trực tuyến", "Bring the original for an online file")),
)
WAYS = (
    Way(
        Words("Nộp hồ sơ trực tuyến", "File it online"),
        Words(
            "Tại nhà, lúc nào cũng được: 127 thủ tục trên Cổng Dịch vụ công quốc gia.",
            "At home, at any hour: 127 procedures of this desk on the National Public Service Portal.",
        ),
        PORTAL,
    ),
    Way(
        Words("Qua bưu điện", "By post"),
        Words(
            "Nhận kết quả tại nhà qua dịch vụ bưu chính công ích, không phải đến lần nữa.",
            "Have the result brought to you by the public postal service, instead of coming again.",
        ),
    ),
    Way(
        Words("Đến khi vắng người", "Come when it is quiet"),
        Words(
            "Xem trước có bao nhiêu người chờ; lấy số và theo dõi bằng điện thoại. Mở cửa 07:30–17:00.",
            "See how many wait before you set out; take a ticket by phone and follow it. Open 07:30–17:00.",
        ),
        HOME,
    ),
)
TOLD = (
    Told(
        "offer",
        Words("Miễn cước gửi trả kết quả qua bưu điện", "The result is brought to you by post free of charge"),
        Words("Từ 01/11/2026 đến 31/12/2026", "From 01/11/2026 to 31/12/2026"),
    ),
    Told(
        "notice",
        Words(
            "Chiều thứ Sáu 27/11 cơ quan họp, chỉ nhận khai tử và chứng thực.",
            "On Friday afternoon, 27/11, only deaths and certifications are taken.",
        ),
        Words("Đến 27/11/2026", "Until 27/11/2026"),
    ),
)
PERSONS = (
    Person(
        "Hộ tịch", Words("Bà Nguyễn Thị Hằng", "Ms Nguyen Thi Hang"), "0229 3 871 234", "hotich@motcua.example.vn",
        Words("Giờ hành chính", "Office hours"),
    ),
    Person(
        "", Words("Tổng đài Dịch vụ công", "Public service hotline"), "1022", "",
        Words("Cả ngày lẫn đêm", "Day and night"),
    ),
)  # fmt: skip
POINTS = (
    Point(
        Words("Nhà văn hóa khu phố 3", "Culture house, quarter 3"), "12 đường Lê Lợi",
        Words("Thứ Hai đến thứ Sáu", "Mon–Fri"),
        Words("Có máy tính, người hướng dẫn", "A computer and somebody to help"), MAPS[0],
    ),
    Point(
        Words("Bưu điện Hòa Bình", "Hoa Binh post office"), "45 đường Trần Hưng Đạo",
        Words("07:00–18:00", "07:00–18:00"),
        Words("Nộp hồ sơ, nhận kết quả", "Hand in, get results"), MAPS[1],
    ),
)  # fmt: skip

FULL = Sheet(
    "vi", date(2026, 11, 23), Words("Bộ phận Một cửa phường Hòa Bình", "Hoa Binh Ward One-Stop Desk"), HOME, SERVICES,
    WAYS, TOLD, PERSONS, POINTS, LABELS,
)  # fmt: skip
EMPTY = replace(FULL, services=(), ways=(WAYS[0], WAYS[2]), told=(), persons=(), points=())
LONG = (
    "Trung tâm Phục vụ hành chính công và Bộ phận Tiếp nhận và Trả kết quả giải quyết thủ tục hành chính "
    "phường Nguyễn Nghiêm"
)
TOO_MUCH = replace(
    FULL, name=Words(LONG, LONG), told=TOLD * 12, persons=PERSONS * 6, points=POINTS * 5,
    services=tuple((letter, Words(LONG, LONG)) for letter in "ABCDEGHK"),
)  # fmt: skip


def texts(pdf: bytes) -> list[str]:
    """The text of each page, lines joined."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def pictures(pdf: bytes, dots_per_mm: float = 5) -> list[Image.Image]:
    """Each page as it is printed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dots_per_mm * 25.4 / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def codes(picture: Image.Image) -> list[str]:
    """What a camera reads on a page."""
    return sorted(code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode))
