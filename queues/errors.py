"""What the rules refuse. Each refusal is a class; the words for people are chosen where people are."""

from datetime import date

from queues.taking import Bound


class Refused(Exception):
    """The rules do not allow what was asked. Nothing has been changed."""


class MoveRefused(Refused):
    """The life of a ticket has no such move from its present status (I6)."""

    def __init__(self, move: str, status: str) -> None:
        super().__init__(f"{move} is not possible from {status}")
        self.move = move
        self.status = status


class RoomFull(Refused):
    """The party would bring the room over its cap (I16)."""

    def __init__(self, party: int, free: int) -> None:
        super().__init__(f"a party of {party} does not fit into {free} free places")
        self.party = party
        self.free = free


class PartyTooLarge(Refused):
    """More companions than the room's cap or the form allows."""

    def __init__(self, party: int, most: int) -> None:
        super().__init__(f"a party of {party}, at most {most}")
        self.party = party
        self.most = most


class TooMany(Refused):
    """A number of people that no room holds."""

    def __init__(self, people: int, most: int) -> None:
        super().__init__(f"{people} people, at most {most}")
        self.most = most


class NobodyWaits(Refused):
    """No ticket that this counter may call is waiting, or none that fits into the room."""


class CounterBusy(Refused):
    """The counter has an open ticket already (I7)."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is still open at this counter")
        self.number = number


class ServiceClosed(Refused):
    """The service takes no tickets at this moment."""


class OtherService(Refused):
    """The errand is taken by another service than the one that was asked for."""


class Suspended(ServiceClosed):
    """Direct intake is stopped (R12): until and including when, why in both languages, and whom to call."""

    def __init__(self, until: date, why: tuple[str, str], call: str) -> None:
        super().__init__(f"no direct intake until {until}")
        self.until, self.why, self.call = until, why, call


class NotHere(Refused):
    """A ticket is given by phone only to who is in the office, and this phone has not shown the lobby's code."""


class TooManyTaken(Refused):
    """This phone, or its address, has taken as many tickets as it may (`bound`)."""

    def __init__(self, bound: Bound) -> None:
        super().__init__(f"{bound.most} by one {bound.by} within one {bound.within}")
        self.bound = bound


class NotFound(Refused):
    """No such ticket, service, counter or office."""


class NoMoreMinutes(Refused):
    """Who was called has asked for more minutes as often as the office allows (R4)."""

    def __init__(self, bound: int) -> None:
        super().__init__(f"at most {bound} times")
        self.bound = bound


class AlreadyReturned(Refused):
    """A missed ticket may come back into the line once only."""


class NotAskedIn(Refused):
    """It is not this visitor's turn to come in: others are before, and letting in anyway needs a reason (R1, I13)."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} has not been asked in yet")
        self.number = number


class ReasonNeeded(Refused):
    """An exception to the order, or a corrected headcount, is written down with a reason (I13, I21)."""


class PapersNotNamed(Refused):
    """Somebody is to fetch papers, and it is not said which."""


class CannotUndo(Refused):
    """This change has no way back by itself."""


class ChangedSince(Refused):
    """What is to be taken back has been changed again since."""


class ChangedMeanwhile(Refused):
    """Somebody else has changed the setting since this form was drawn."""


class Taken(Refused):
    """Another one that is in use has this letter, number or day: `field` names it, `value` says which."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__(f"{field} {value} is taken")
        self.field, self.value = field, value


class StillOpen(Refused):
    """It can't be taken out of use while so many visitors wait for it or are there."""

    def __init__(self, visitors: int) -> None:
        super().__init__(f"{visitors} still open")
        self.visitors = visitors


class LastManager(Refused):
    """An office without a manager could not be set any more."""


class LastAdministrator(Refused):
    """Without an administrator nobody could make an office, or another administrator."""


class NotEmpty(Refused):
    """A file fills only an office in which nothing has been set up yet."""


class OnlyAdministrators(Refused):
    """Giving and taking this role, or an account that has it, is for administrators alone."""


class SpaceNotUnderstood(Refused):
    """The room's measures make no sense: `field` names the one that does not."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Unreadable(Refused):
    """A file that is no catalogue: `why` is too_large, old_book, bomb, damaged, encoding, empty or too_many_rows."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
