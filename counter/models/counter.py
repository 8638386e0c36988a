"""A counter where a clerk sits, and the services it takes."""

from sqlalchemy import Column, ForeignKey, Index, Table, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from counter.database import db
from counter.models.base import Model
from counter.models.service import IN_USE, Service
from queues.errors import NotFound

counter_service = Table(
    "counter_service",
    Model.metadata,
    Column("counter_id", ForeignKey("counter.id"), primary_key=True),
    Column("service_id", ForeignKey("service.id"), primary_key=True),
)


class Counter(Model):
    """`seq` is the office's sequence at its last move: the stamp of the forms on its desk.

    `open`: a clerk has begun to call here and has not paused. `retired`: nobody sits here any more. `people` is how
    many may stand at it (R13); the number of parties is one by promise I7.
    """

    __tablename__ = "counter"
    __table_args__ = (
        Index("counter_number", "office_id", "number", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    number: Mapped[int]
    seq: Mapped[int] = mapped_column(default=0)
    open: Mapped[bool] = mapped_column(default=False)
    people: Mapped[int] = mapped_column(default=2)
    retired: Mapped[bool] = mapped_column(default=False)

    services: Mapped[list[Service]] = relationship(secondary=counter_service, order_by=Service.position)

    @property
    def service_ids(self) -> list[int]:
        return [service.id for service in self.services]

    @property
    def stamp(self) -> str:
        return f"{self.id}-{self.seq}"


def by_id(counter_id: int) -> Counter:
    """Return the counter, or raise NotFound, also for one no longer used."""
    counter = db.session.get(Counter, counter_id)
    if counter is None or counter.retired:
        raise NotFound(str(counter_id))
    return counter


def of_office(office_id: int) -> list[Counter]:
    """The counters of an office that are used, by number."""
    own = select(Counter).where(Counter.office_id == office_id, Counter.retired.is_(False))
    return list(db.session.scalars(own.order_by(Counter.number)))


def numbers_of(office_id: int) -> dict[int, int]:
    """Counter → its number, also of those that are no longer used."""
    own = select(Counter.id, Counter.number).where(Counter.office_id == office_id)
    return {row[0]: row[1] for row in db.session.execute(own)}


def is_staffed(service_id: int) -> bool:
    """Whether at least one counter takes the service."""
    taken = select(counter_service.c.counter_id).where(counter_service.c.service_id == service_id).limit(1)
    return db.session.scalar(taken) is not None


def services_of_office(office_id: int) -> list[tuple[int, int]]:
    """Which counter takes which service: (counter, service)."""
    own = select(counter_service.c.counter_id, counter_service.c.service_id).join(Counter)
    return [(row[0], row[1]) for row in db.session.execute(own.where(Counter.office_id == office_id))]


def open_services(office_id: int) -> dict[int, frozenset[int]]:
    """The counters that call, and what each takes."""
    own = select(counter_service.c.counter_id, counter_service.c.service_id).join(Counter)
    taken: dict[int, set[int]] = {}
    for counter_id, service_id in db.session.execute(own.where(Counter.office_id == office_id, Counter.open)):
        taken.setdefault(counter_id, set()).add(service_id)
    return {counter_id: frozenset(services) for counter_id, services in sorted(taken.items())}
