"""A catalogue file on its way in: kept between the upload, the look at its columns, and the writing (R5)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, and_, delete, select, update
from sqlalchemy.orm import Mapped, defer, mapped_column

from counter.database import db
from counter.models.base import Model
from counter.models.words import Moment
from queues.errors import NotFound

UPLOADED, RUNNING, DONE, FAILED = "uploaded", "running", "done", "failed"


class CatalogueImport(Model):
    """`body` is the file as it came, dropped when it is done. `columns`: which of its columns is what. `total` rows,
    of which `written`; `report` says what was added, changed, gone, and which rows were refused and why."""

    __tablename__ = "catalogue_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    columns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[str] = mapped_column(String(10), default=UPLOADED)
    total: Mapped[int] = mapped_column(default=0)
    written: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def in_office(import_id: int, office_id: int) -> CatalogueImport:
    """Return the office's import, or raise NotFound. The file itself is read when it is asked for."""
    own = db.session.get(CatalogueImport, import_id, options=[defer(CatalogueImport.body)])
    if own is None or own.office_id != office_id:
        raise NotFound(str(import_id))
    return own


def become(import_id: int, **values: object) -> None:
    """Write down how far an import is, in the transaction that brings it there."""
    db.session.execute(update(CatalogueImport).where(CatalogueImport.id == import_id).values(**values))


def forget_unused(office_id: int) -> None:
    """Files that came and were never taken in make room for the next."""
    db.session.execute(
        delete(CatalogueImport).where(CatalogueImport.office_id == office_id, CatalogueImport.status == UPLOADED)
    )


def forget(import_id: int, office_id: int) -> None:
    """Throw away a file that was not taken in. Taken in, or gone already: nothing changes."""
    unused = and_(CatalogueImport.office_id == office_id, CatalogueImport.status == UPLOADED)
    db.session.execute(delete(CatalogueImport).where(CatalogueImport.id == import_id, unused))


def newest(office_id: int, most: int) -> list[CatalogueImport]:
    """The office's last imports, the newest first."""
    own = and_(CatalogueImport.office_id == office_id, CatalogueImport.status != UPLOADED)
    found = select(CatalogueImport).where(own).order_by(CatalogueImport.id.desc()).limit(most)
    return list(db.session.scalars(found.options(defer(CatalogueImport.body))))
