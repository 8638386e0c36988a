"""The same rows have the same digest, and any other have another."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from queues.fingerprint import State, differing, of_table

ROW = (1, "Lan", None, True, date(2026, 11, 23), time(7, 30), datetime(2026, 11, 23, 8, 41), Decimal("1.50"), {"b": 1})
COLUMNS = [f"c{number}" for number in range(len(ROW))]


def digest(*rows: tuple[object, ...]) -> str:
    return of_table("ticket", COLUMNS[: len(rows[0]) if rows else None], rows).digest


def test_the_same_rows_have_the_same_digest() -> None:
    assert digest(ROW, ROW) == digest(tuple(ROW), ROW)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, 2), (0, "1"), (1, "Lân"), (1, None), (2, ""), (2, 0), (3, False), (4, date(2026, 11, 24)),
        (4, "2026-11-23"), (5, time(7, 31)), (6, datetime(2026, 11, 23, 8, 41, 0, 1)), (7, Decimal("1.51")),
        (8, {"b": 2}), (8, {}), (8, '{"b": 1}'),
    ],
)  # fmt: skip
def test_any_other_value_makes_another(at: int, value: object) -> None:
    changed = [*ROW]
    changed[at] = value
    assert digest(tuple(changed)) != digest(ROW)


def test_a_row_more_less_or_elsewhere_makes_another() -> None:
    other = (2, *ROW[1:])
    assert len({digest(ROW), digest(ROW, ROW), digest(), digest(ROW, other), digest(other, ROW)}) == 5


def test_what_databases_tell_in_their_own_way_is_the_same() -> None:
    there = (*ROW[:7], Decimal("1.5"), {"b": 1})
    assert digest(there) == digest(ROW)
    assert digest((memoryview(b"x"),)) == digest((b"x",))


def test_the_tables_that_differ_are_named() -> None:
    ticket, office = of_table("ticket", COLUMNS, [ROW]), of_table("office", ["id"], [(1,)])
    one, other = State((ticket, office)), State((of_table("ticket", COLUMNS, []), office))
    assert one.digest == State((office, ticket)).digest != other.digest
    assert differing(one, other) == ["ticket"] and not differing(one, one)
    assert one.rows == 2


def test_moments_are_told_to_the_microsecond() -> None:
    moment = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
    assert digest((moment,)) != digest((moment.replace(microsecond=1),))
