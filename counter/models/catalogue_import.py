"""A catalogue file on its way in: kept between the upload, the look at its columns, and the writing (R5)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from counter.models.base import Model
from counter.models.words import Moment

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
