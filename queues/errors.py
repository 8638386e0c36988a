"""What the rules refuse. Each refusal is a class; the words for people are chosen where people are."""


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


class NobodyWaits(Refused):
    """No ticket that this counter may call is waiting, or none that fits into the room."""


class CounterBusy(Refused):
    """The counter has an open ticket already (I7)."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is still open at this counter")
        self.number = number


class ServiceClosed(Refused):
    """The service takes no tickets at this moment."""


class NotFound(Refused):
    """No such ticket, service, counter or office."""


class AlreadyReturned(Refused):
    """A missed ticket may come back into the line once only."""
