"""What people type and what they mean by it (R5)."""

import unicodedata
from collections import Counter

import pytest

from queues.finding import readings, searches
from queues.folding import fold, words
from queues.ranking import Entry, Question, ranked
from queues.spelling import Vocabulary, is_one_away, sound

NAMES = (
    "Thủ tục đăng ký khai sinh",
    "Thủ tục đăng ký lại khai sinh",
    "Thủ tục đăng ký khai tử",
    "Thủ tục đăng ký kết hôn",
    "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên",
    "Đăng ký đất đai, cấp Giấy chứng nhận quyền sử dụng đất",
    "Cấp đổi Giấy chứng nhận quyền sử dụng đất",
    "Đăng ký thường trú",
    "Cấp giấy phép chặt hạ cây xanh",
    "Kết quả đăng ký dự án sinh thái do khai thác",
)
VOCABULARY = Vocabulary(Counter(word for name in NAMES for word in words(name)), len(NAMES))
ENTRIES = [Entry(n, (words(name),), frozenset()) for n, name in enumerate(NAMES)]


def found(typed: str) -> list[str]:
    """The names, best first, if every errand is looked at."""
    questions = [Question(reading, VOCABULARY) for reading in readings(typed, VOCABULARY)]
    for question in questions:
        question.look_at(ENTRIES)
    return [NAMES[own] for own in ranked(questions, 5)]


def test_marks_and_capitals_make_no_difference() -> None:
    assert fold("Đăng  ký KHAI-SINH, ở Huế!") == "dang ky khai sinh o hue"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_marks_may_stand_on_their_letters_or_after_them(form: str) -> None:
    assert (
        fold(unicodedata.normalize(form, "Giấy chứng nhận quyền sở hữu đường")) == "giay chung nhan quyen so huu duong"
    )


def test_a_text_without_a_letter_has_no_words() -> None:
    assert words(" …!? \u0301") == ()


@pytest.mark.parametrize("typed", ["kai", "khia", "khaai", "khei", "khai"])
def test_one_letter_missing_swapped_doubled_or_wrong_is_one_away(typed: str) -> None:
    assert typed == "khai" or is_one_away(typed, "khai")


@pytest.mark.parametrize("typed", ["ka", "kiah", "khaiii", "sinh"])
def test_two_letters_are_two(typed: str) -> None:
    assert not is_one_away(typed, "khai")


@pytest.mark.parametrize(("one", "other"), [("chanh", "tranh"), ("sanh", "xanh"), ("ki", "ky"), ("gia", "da")])
def test_what_sounds_alike_is_heard_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_figures_are_never_guessed() -> None:
    assert VOCABULARY.guessed("15") == {}


@pytest.mark.parametrize(
    "typed",
    [
        "đăng ký khai sinh",
        "dang ky khai sinh",
        "dang ky kai sinh",
        "sinh khai ky dang",
        "khai sinh",
        "dang ky khaisinh",
    ],
)
def test_a_birth_is_registered_however_it_is_typed(typed: str) -> None:
    assert found(typed)[0] == "Thủ tục đăng ký khai sinh"


def test_the_last_word_need_not_be_finished() -> None:
    assert found("dang ky ket h")[0] == "Thủ tục đăng ký kết hôn"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("giay khai sinh", "Thủ tục đăng ký khai sinh"),
        ("giấy chứng tử", "Thủ tục đăng ký khai tử"),
        ("can cuoc", "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên"),
        ("cccd", "Cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên"),
        ("so do", "Đăng ký đất đai, cấp Giấy chứng nhận quyền sử dụng đất"),
        ("làm hộ khẩu", "Đăng ký thường trú"),
        ("ho khu", "Đăng ký thường trú"),
    ],
)
def test_common_names_are_understood(typed: str, name: str) -> None:
    assert name in found(typed)[:2]


def test_a_common_name_within_a_longer_one_is_not_meant() -> None:
    assert found("đổi sổ đỏ")[0] == "Cấp đổi Giấy chứng nhận quyền sử dụng đất"


def test_what_sounds_like_it_is_found_where_the_typed_word_is_known_too() -> None:
    assert found("chat ha cay sanh")[0] == "Cấp giấy phép chặt hạ cây xanh"


def test_single_syllables_scattered_over_a_name_answer_worse_than_words_that_stand_together() -> None:
    answers = found("dang ky khai sinh")
    assert answers.index("Kết quả đăng ký dự án sinh thái do khai thác") > 1


def test_what_speaks_for_an_errand_decides_between_equal_ones() -> None:
    twins = [
        Entry(1, (words("Gia hạn tạm trú"),), frozenset()),
        Entry(2, (words("Gia hạn tạm trú"),), frozenset(), 0.02),
    ]
    vocabulary = Vocabulary(Counter(words("Gia hạn tạm trú")), 2)
    (reading,) = readings("gia han", vocabulary)
    question = Question(reading, vocabulary)
    question.look_at(twins)
    assert ranked([question], 2) == [2, 1]


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "zzzz qqqq"])
def test_what_nobody_can_mean_has_no_reading(typed: str) -> None:
    assert readings(typed, VOCABULARY) == []


def test_a_search_asks_for_every_word_first_and_for_fewer_later() -> None:
    (reading,) = readings("thuong tru", VOCABULARY)
    sizes = [min(len(row) for row in search) for _left_out, search in searches(reading)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 2


def test_an_endless_question_is_cut() -> None:
    assert len(readings("khai sinh " * 5000, VOCABULARY)[-1].terms) <= 20
