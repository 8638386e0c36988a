"""The words the loudspeaker says, and the screen reader too.

A ticket's number is said figure by figure, a counter as a number (a call that is heard as "twelve" is not
the one printed as 012).
"""

from counter.models.words import Words

_FIGURES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNITS = {1: "mốt", 4: "tư", 5: "lăm"}


def call(number: str, counter: int) -> Words:
    """The call of a ticket to a counter: "Xin mời số A không một hai, đến quầy số ba."."""
    return Words(
        f"Xin mời số {spelled_vi(number)}, đến quầy số {counted_vi(counter)}.",
        f"Number {number[0]} {' '.join(number[1:])}, please go to counter {counter}.",
    )


def spelled_vi(number: str) -> str:
    """A012 → "A không một hai"."""
    return " ".join([number[0], *(_FIGURES[int(figure)] for figure in number[1:])])


def counted_vi(number: int) -> str:
    """A number from 1 to 99 as it is said: 15 → "mười lăm", 21 → "hai mươi mốt"; larger ones by figure."""
    tens, units = divmod(number, 10)
    if tens == 0:
        return _FIGURES[units]
    if tens > 9:
        return " ".join(_FIGURES[int(figure)] for figure in str(number))
    return f"{_tens_vi(tens)}{_units_vi(tens, units)}"


def _tens_vi(tens: int) -> str:
    return "mười" if tens == 1 else f"{_FIGURES[tens]} mươi"


def _units_vi(tens: int, units: int) -> str:
    if units == 0:
        return ""
    if tens == 1 and units != 5:
        return f" {_FIGURES[units]}"
    return f" {_UNITS.get(units, _FIGURES[units])}"
