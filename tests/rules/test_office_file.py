"""An office's file is read whole or not at all, and whoever sent it is told what is wrong and where (issue 5)."""

import json
import random
from typing import Any

import pytest

from counter.officefile.mistakes import MOST_TOLD, BadFile, Mistake
from counter.officefile.reading import LARGEST, read, written
from counter.officefile.samples import SAMPLES, sample

SMALLEST: dict[str, Any] = {"luot": "office", "version": 1, "office": {"name": {"vi": "Một cửa"}}}


def body(**parts: Any) -> bytes:
    return json.dumps(SMALLEST | parts).encode()


def test_a_name_that_stands_twice_among_a_million_is_found_at_once() -> None:
    names = ", ".join(f'"{number}": 0' for number in range(400_000))
    assert only(f'{{"luot": "office", {names}, "7": 1}}'.encode()) == ("7", "name_twice")


def test_of_names_that_nobody_knows_no_more_are_kept_than_are_told() -> None:
    assert len(mistakes(body(**{f"n{number}": 0 for number in range(100_000)}))) == MOST_TOLD


def mistakes(sent: bytes) -> list[Mistake]:
    with pytest.raises(BadFile) as refused:
        read(sent)
    return refused.value.mistakes


def only(sent: bytes) -> tuple[str, str]:
    [own] = mistakes(sent)
    return own.where, own.why


def service(letter: str = "A", **more: Any) -> dict[str, Any]:
    return {"letter": letter, "name": {"vi": f"Dịch vụ {letter}"}, **more}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_a_whole_office(name: str) -> None:
    plain = sample(name)
    taken = {letter for counter in plain["counters"] for letter in counter["services"]}
    assert taken == {own["letter"] for own in plain["services"]}, "every service is taken at a counter"
    assert len(plain["classes"]) == 5 and plain["room"]["cap"] and plain["texts"] and plain["contacts"]


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_written_is_read_as_it_was(name: str) -> None:
    assert read(written(sample(name))) == sample(name)


def test_what_the_file_leaves_unsaid_is_as_in_a_new_office() -> None:
    plain = read(body())
    assert plain["office"]["weekdays"] == [1, 2, 3, 4, 5, 6, 7] and plain["office"]["opens"] is None
    assert plain["room"] == {"cap": None, "measured": None} and plain["services"] == []


def test_without_english_the_vietnamese_stands_for_both() -> None:
    assert read(body())["office"]["name"] == {"vi": "Một cửa", "en": "Một cửa"}


def test_spaces_are_tidied_and_a_mark_at_the_beginning_is_no_mistake() -> None:
    sent = b"\xef\xbb\xbf" + body(office={"name": {"vi": "  Một \n cửa "}})
    assert read(sent)["office"]["name"]["vi"] == "Một cửa"


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "json"), (b"{", "json"), (b"null", "no_office"), (b"[]", "no_office"), (b'"luot"', "no_office"),
        (b"\xff\xfe{\x00}\x00", "encoding"), (b'{"luot": NaN}', "no_office"), (b"[" * 100_000, "no_office"),
        (b"9" * 6_000, "no_office"), (b" " * (LARGEST + 1), "too_large"), (b'{"luot": "queue"}', "no_office"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_an_office_is_told_as_that(sent: bytes, why: str) -> None:
    assert only(sent) == ("", why)


def test_a_broken_file_is_told_with_line_and_column() -> None:
    [own] = mistakes(b'{"luot": "office",\n "version": }')
    assert (own.why, own.figures) == ("json", {"line": 2, "column": 13})


@pytest.mark.parametrize("version", [0, 2, "1", None, True, 1.5])
def test_another_version_is_refused(version: Any) -> None:
    assert only(body(version=version)) == ("version", "version")


def test_a_name_that_stands_there_twice_is_refused() -> None:
    assert only(b'{"luot": "office", "version": 1, "version": 2}') == ("version", "name_twice")


@pytest.mark.parametrize(
    ("parts", "where", "why"),
    [
        ({"serivces": []}, "serivces", "unknown"),
        ({"services": [service(leter="B")]}, "services › 1 › leter", "unknown"),
        ({"services": [service(), service("b")]}, "services › 2 › letter", "not_one_of"),
        ({"services": [{"letter": "A"}]}, "services › 1 › name", "missing"),
        ({"services": {}}, "services", "not_list"),
        ({"services": ["A"]}, "services › 1", "not_entry"),
        ({"services": [service(letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZA"]}, "services", "not_list"),
        ({"services": [service(), service()]}, "services › 2 › letter", "twice"),
        ({"services": [service(opens="7:30")]}, "services › 1 › opens", "not_hour"),
        ({"services": [service(opens="25:00")]}, "services › 1 › opens", "not_hour"),
        ({"services": [service(day_quota=0)]}, "services › 1 › day_quota", "not_whole"),
        ({"services": [service(first_number=True)]}, "services › 1 › first_number", "not_whole"),
        ({"services": [service(first_number=1.0)]}, "services › 1 › first_number", "not_whole"),
        ({"counters": [{"number": 1, "services": ["A"]}]}, "counters › 1 › services", "no_service"),
        ({"counters": [{"number": 1, "services": "A"}]}, "counters › 1 › services", "not_letters"),
        ({"counters": [{"number": 2, "services": []}] * 2}, "counters › 2 › number", "twice"),
        ({"office": {}}, "office › name", "missing"),
        ({"office": {"name": {"vi": " "}}}, "office › name", "empty"),
        ({"office": {"name": {"vi": "x" * 121}}}, "office › name", "too_long"),
        ({"office": {"name": "Một cửa"}}, "office › name", "not_words"),
        ({"office": {"name": {"vi": "\ud800"}}}, "office › name", "not_text"),
        ({"office": {"name": {"vi": "X"}, "timezone": "Mars"}}, "office › timezone", "not_zone"),
        ({"office": {"name": {"vi": "X"}, "weekdays": [0]}}, "office › weekdays", "not_weekdays"),
        ({"office": {"name": {"vi": "X"}, "weekdays": []}}, "office › weekdays", "not_weekdays"),
        ({"office": {"name": {"vi": "X"}, "guarded": 1}}, "office › guarded", "not_tick"),
        ({"office": {"name": {"vi": "X"}, "portal_url": "javascript:alert(1)"}}, "office › portal_url", "not_link"),
        ({"office": {"name": {"vi": "X"}, "portal_url": f"https://{'x' * 300}"}}, "office › portal_url", "too_long"),
        ({"room": {"cap": -1}}, "room › cap", "not_whole"),
        ({"room": {"cap": 9, "measured": {"seats": 10}}}, "room › cap", "not_measured"),
        ({"room": {"cap": 9, "measured": {"usable": "1e9"}}}, "room › measured", "not_measures"),
        ({"room": {"cap": 9, "measured": {"usable": "9", "distance": "0"}}}, "room › measured", "not_measures"),
        ({"holidays": [{"day": "2026-02-30", "name": {"vi": "Tết"}}]}, "holidays › 1 › day", "not_day"),
        ({"texts": [{"kind": "notice", "text": {"vi": "X"}, "way": "online"}]}, "texts › 1 › way", "only_offers"),
        ({"texts": [{"kind": "notice", "text": {"vi": "X"}, "places": ["wall"]}]}, "texts › 1 › places", "not_some_of"),
        (
            {"texts": [{"kind": "notice", "text": {"vi": "X"}, "from_day": "2026-12-02", "to_day": "2026-12-01"}]},
            "texts › 1 › to_day", "days",
        ),
        ({"catalogue": [{"code": "1", "name": {"vi": "X"}, "service": "Z"}]}, "catalogue › 1 › service", "no_service"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(parts: dict[str, Any], where: str, why: str) -> None:
    assert only(body(**parts)) == (where, why)


def test_all_mistakes_are_told_at_once_but_not_without_end() -> None:
    assert len(mistakes(body(services=[service(letter="?") for _ in range(3)], serivces=1))) == 4
    assert len(mistakes(body(holidays=[{}] * 1000))) == 40


def test_a_cap_that_was_measured_is_what_its_measures_come_to() -> None:
    measured = {"usable": "40", "share": "1", "distance": "2", "staff": 2}
    assert read(body(room={"cap": 8, "measured": measured}))["room"]["measured"]["usable"] == "40"


def test_whatever_becomes_of_a_file_on_its_way_it_is_read_or_refused() -> None:
    """Nothing else may be raised, whatever the values are."""
    chance, refused = random.Random(5), 0
    for _ in range(300):
        sent = spoilt(chance)
        try:
            plain = read(sent)
        except BadFile as error:
            refused += 1
            assert all(own.why and "\ud800" not in own.where for own in error.mistakes)
        else:
            assert read(written(plain)) == plain
    assert refused > 150


ODD: list[Any] = [
    None, True, -1, 0, 10**30, 1.5, "", "x" * 500, "\0", "\ud800", [], {}, [[]], {"vi": 1}, ["A"], "2026-12-25",
    "07:30",
]  # fmt: skip


def spoilt(chance: random.Random) -> bytes:
    """A sample with a few values that are something else, or with bytes that are."""
    plain = json.loads(written(sample(chance.choice(SAMPLES))))
    for _ in range(chance.randint(1, 4)):
        _walk(plain, chance)
    sent = bytearray(json.dumps(plain).encode())
    for _ in range(chance.choice([0, 0, 0, 1, 5])):
        sent[chance.randrange(len(sent))] = chance.randrange(256)
    return bytes(sent)


def _walk(own: Any, chance: random.Random) -> None:
    """Go down to some value, and put another in its place, or take it out."""
    keys: list[Any] = list(own) if isinstance(own, dict) else list(range(len(own)))
    if not keys:
        return
    key = chance.choice(keys)
    if isinstance(own[key], dict | list) and chance.random() < 0.8:
        _walk(own[key], chance)
    elif chance.random() < 0.5:
        own[key] = chance.choice(ODD)
    else:
        own.pop(key)
