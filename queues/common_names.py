"""What people call an errand, and the words by which the catalogue knows it (R5).

Names of papers and of old rules live on in people's mouths: sổ đỏ, hộ khẩu, chứng minh thư. An office adds its own
to the procedure itself (`also`). The left side stands in the catalogue's own words, since these are looked for.
"""

from queues.folding import words

_SAID = """
đăng ký khai sinh: giấy khai sinh, làm khai sinh, khai sinh cho con
đăng ký kết hôn: giấy kết hôn, giấy đăng ký kết hôn, hôn thú, giấy hôn thú, đăng ký cưới, cưới
đăng ký khai tử: giấy chứng tử, chứng tử, giấy báo tử, báo tử
bản sao trích lục hộ tịch: trích lục khai sinh, trích lục khai tử, trích lục kết hôn, bản sao khai sinh
bản sao giấy khai sinh: trích lục khai sinh
xác nhận tình trạng hôn nhân: độc thân, giấy độc thân, giấy xác nhận độc thân, chưa kết hôn
thay đổi cải chính hộ tịch: đổi tên, đổi họ, đổi họ tên, sửa tên, sửa khai sinh, sửa giấy khai sinh, đổi dân tộc
nhận cha mẹ con: nhận con, nhận cha cho con, nhận mẹ cho con
đăng ký giám hộ: người giám hộ, làm giám hộ
kết hôn có yếu tố nước ngoài: lấy chồng nước ngoài, lấy vợ nước ngoài, kết hôn với người nước ngoài
khai sinh có yếu tố nước ngoài: khai sinh người nước ngoài
ghi vào sổ hộ tịch việc kết hôn: ghi chú kết hôn
ghi vào sổ hộ tịch việc ly hôn: ghi chú ly hôn
nuôi con nuôi trong nước: con nuôi, nhận con nuôi, xin con nuôi
đăng ký thường trú: hộ khẩu, sổ hộ khẩu, nhập hộ khẩu, chuyển hộ khẩu, nhập khẩu
đăng ký tạm trú: KT3, sổ tạm trú, giấy tạm trú
khai báo tạm vắng: đăng ký tạm vắng
thông báo lưu trú: khai báo lưu trú, ở qua đêm, khách ở lại
tách hộ: tách hộ khẩu, tách khẩu, tách sổ hộ khẩu
xóa đăng ký thường trú: xóa hộ khẩu, cắt hộ khẩu, cắt khẩu, xóa khẩu
xác nhận thông tin về cư trú: giấy xác nhận cư trú, CT07
cấp thẻ căn cước cho người từ đủ 14 tuổi: căn cước, căn cước công dân, CCCD, CMND, CMT, chứng minh nhân dân
cấp thẻ căn cước cho người từ đủ 14 tuổi: chứng minh thư, thẻ căn cước
cấp thẻ căn cước cho người dưới 14 tuổi: căn cước trẻ em, căn cước cho trẻ em, CCCD trẻ em, căn cước cho con
cấp đổi thẻ căn cước: đổi căn cước, đổi CCCD, đổi chứng minh thư
cấp lại thẻ căn cước: mất căn cước, mất thẻ căn cước, mất CCCD, mất chứng minh thư, làm lại căn cước, làm lại CCCD
chứng minh nhân dân 09 số: số CMND
cấp tài khoản định danh điện tử mức độ cho công dân: VNeID, định danh mức 2, định danh, định danh điện tử
cấp tài khoản định danh điện tử mức độ cho công dân: tài khoản định danh
chứng thực bản sao từ bản chính: sao y, sao y bản chính, công chứng, phô tô công chứng, photo công chứng
chứng thực bản sao từ bản chính: công chứng bản sao
chứng thực chữ ký: xác nhận chữ ký, công chứng chữ ký
chứng thực di chúc: lập di chúc, làm di chúc, viết di chúc
từ chối nhận di sản: từ chối thừa kế
phân chia di sản: chia thừa kế, thỏa thuận thừa kế, phân chia thừa kế
chứng thực giao dịch quyền sử dụng đất: hợp đồng mua bán đất, hợp đồng mua bán nhà đất, mua bán nhà đất
chứng thực giao dịch quyền sử dụng đất: hợp đồng tặng cho, chứng thực hợp đồng
chứng thực chữ ký người dịch: dịch thuật, dịch công chứng, bản dịch, công chứng bản dịch
cấp giấy chứng nhận quyền sử dụng đất: sổ đỏ, sổ hồng, bìa đỏ, giấy tờ đất, giấy chứng nhận đất
cấp đổi giấy chứng nhận quyền sử dụng đất: đổi sổ đỏ, đổi sổ hồng, cấp đổi sổ đỏ
cấp lại giấy chứng nhận do bị mất: mất sổ đỏ, mất sổ hồng, cấp lại sổ đỏ, cấp lại sổ hồng
tách thửa hợp thửa đất: tách sổ, tách sổ đỏ, tách đất, gộp thửa, tách thửa đất
đăng ký biến động quyền sử dụng đất chuyển nhượng: sang tên sổ đỏ, sang tên sổ hồng, sang tên nhà đất, sang tên đất
đăng ký biến động quyền sử dụng đất chuyển nhượng: chuyển nhượng đất, mua bán đất, tặng cho đất, thừa kế đất
đính chính giấy chứng nhận đã cấp: đính chính sổ đỏ, sửa sổ đỏ, sai sổ đỏ, sai sót sổ đỏ
chuyển mục đích sử dụng đất: thổ cư, lên thổ cư, đất thổ cư, chuyển đất vườn sang đất ở, chuyển đất ở
hòa giải tranh chấp đất đai: tranh chấp đất, tranh chấp với hàng xóm
đăng ký biện pháp bảo đảm bằng quyền sử dụng đất: thế chấp sổ đỏ, thế chấp đất, thế chấp nhà đất, vay thế chấp
xóa đăng ký biện pháp bảo đảm bằng quyền sử dụng đất: xóa thế chấp, xóa thế chấp sổ đỏ, giải chấp
cấp giấy phép xây dựng mới công trình cấp IV: giấy phép xây nhà, phép xây nhà, xây nhà, phép xây dựng
cấp giấy phép xây dựng mới công trình cấp IV: giấy phép xây dựng, giấy phép xây dựng nhà
cấp giấy phép xây dựng sửa chữa cải tạo: sửa nhà, phép sửa nhà, sửa chữa nhà, cải tạo nhà
cung cấp thông tin quy hoạch: xem quy hoạch, hỏi quy hoạch, thông tin quy hoạch
sử dụng tạm thời lòng đường vỉa hè: thuê vỉa hè, thuê lòng đường, mượn vỉa hè
chặt hạ cây xanh: chặt cây, đốn cây, cưa cây
đăng ký thành lập hộ kinh doanh: giấy phép kinh doanh, đăng ký kinh doanh, mở quán, mở cửa hàng, mở tiệm
đăng ký thành lập hộ kinh doanh: hộ kinh doanh cá thể
chấm dứt hoạt động hộ kinh doanh: nghỉ kinh doanh, đóng cửa hàng, đóng cửa hộ kinh doanh, trả giấy phép kinh doanh
cấp lại giấy chứng nhận đăng ký hộ kinh doanh: mất giấy phép kinh doanh
đăng ký thành lập công ty: mở công ty, lập công ty
giải thể doanh nghiệp: giải thể công ty, đóng cửa công ty
đăng ký thuế lần đầu cá nhân: mã số thuế, mã số thuế cá nhân, MST
lệ phí trước bạ nhà đất: thuế trước bạ, trước bạ nhà, trước bạ đất
thuế sử dụng đất phi nông nghiệp: thuế đất, thuế nhà đất, đóng thuế đất
quyết toán thuế thu nhập cá nhân: thuế TNCN, hoàn thuế TNCN, hoàn thuế thu nhập cá nhân, thuế cá nhân
hưởng bảo hiểm xã hội một lần: BHXH một lần, BHXH 1 lần, rút BHXH, rút bảo hiểm, rút bảo hiểm một lần, bảo hiểm 1 lần
hưởng chế độ thai sản: tiền thai sản, bảo hiểm thai sản, tiền sinh con
hưởng chế độ tử tuất: tiền tử tuất, tiền tuất
cấp lại sổ BHXH: mất sổ bảo hiểm, cấp lại sổ bảo hiểm, mất sổ BHXH
cấp lại thẻ BHYT: mất thẻ bảo hiểm y tế, mất thẻ BHYT, đổi thẻ bảo hiểm y tế
cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi: bảo hiểm y tế cho trẻ em, bảo hiểm y tế trẻ em, BHYT trẻ em
cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi: thẻ bảo hiểm trẻ em, bảo hiểm cho con
công nhận hộ nghèo hộ cận nghèo: sổ hộ nghèo, xin hộ nghèo, giấy hộ nghèo
hỗ trợ chi phí mai táng: tiền mai táng, mai táng phí
đăng ký nghĩa vụ quân sự lần đầu: NVQS, đi lính, đi bộ đội, khám nghĩa vụ
phiếu lý lịch tư pháp: LLTP, tiền án, không có tiền án, tiền án tiền sự
cấp hộ chiếu phổ thông: passport, làm hộ chiếu
trình báo mất hộ chiếu: mất passport, mất hộ chiếu
đăng ký cấp biển số xe lần đầu: biển số xe, bấm biển số, cà vẹt xe, đăng ký xe máy, đăng ký xe, đăng ký ô tô
đăng ký sang tên xe: sang tên xe máy, sang tên ô tô, mua xe cũ
cấp lại chứng nhận đăng ký xe: mất cà vẹt, mất giấy tờ xe, mất đăng ký xe, mất biển số
cấp giấy phép lái xe: bằng lái, bằng lái xe, GPLX, thi bằng lái
cấp lại giấy phép lái xe: mất bằng lái, mất bằng lái xe, mất GPLX
đổi giấy phép lái xe: đổi bằng lái, đổi bằng lái xe, đổi GPLX
cấp thẻ tạm trú cho người nước ngoài: thẻ tạm trú
tuyển sinh trung học cơ sở: tuyển sinh lớp 6, vào lớp 6, cấp 2
tuyển sinh trung học phổ thông: tuyển sinh lớp 10, vào lớp 10, cấp 3
cai nghiện ma túy tự nguyện: đi cai nghiện
khai thác nước dưới đất: giếng, đào giếng, khoan giếng, giếng khoan
giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm: vệ sinh an toàn thực phẩm, giấy phép an toàn thực phẩm, ATTP
giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm: VSATTP
yêu cầu trợ giúp pháp lý: luật sư miễn phí, tư vấn pháp luật miễn phí
thành lập nhóm lớp mầm non độc lập: mở nhóm trẻ, mở lớp mầm non, nhà trẻ tư
"""

Common = tuple[tuple[str, ...], tuple[str, ...]]

COMMON_NAMES: tuple[Common, ...] = tuple(
    (words(said), words(official))
    for official, _colon, names in (line.partition(":") for line in _SAID.strip().splitlines())
    for said in names.split(",")
)
"""(as people say it, as the catalogue says it), folded."""
BY_WORD: dict[str, tuple[Common, ...]] = {
    word: tuple(own for own in COMMON_NAMES if word in own[0]) for name, _official in COMMON_NAMES for word in name
}
"""The common names that have a word."""
SINGLE = tuple(own for own in COMMON_NAMES if len(own[0]) == 1)
