"""Tickets by phone are counted, the lobby's code, what is done once a night; an address in the audit can be forgotten.

The audit's chains are sealed anew, since what is sealed is another thing: in place of an address what stands for it. A
chain that is not whole before is none after: from its first wrong entry on every seal stays as it is.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import UTC, date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FIRST = "0" * 64
SAID = ("chain", "number", "office_id", "at", "who", "what", "which", "before", "after", "why", "undoes")
BOUNDS = {"phone_hour": "5", "phone_day": "10", "address_hour": "60", "address_day": "300"}

Row = dict[str, Any]

office = sa.table("office", sa.column("id"), sa.column("here_secret"))
end = sa.table("audit_end", sa.column("chain"), sa.column("length"), sa.column("seal"))
audit = sa.table(
    "audit",
    sa.column("id"),
    *(sa.column(name) for name in ("chain", "number", "office_id", "who", "what", "which", "why", "undoes")),
    sa.column("at", sa.DateTime()),
    sa.column("before", sa.JSON(none_as_null=True)),
    sa.column("after", sa.JSON(none_as_null=True)),
    *(sa.column(name) for name in ("address", "salt", "address_seal", "seal")),
)


def upgrade() -> None:
    """Bring the database here."""
    op.create_table(
        "taking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_taking_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taking")),
    )
    op.create_index("taking_by_day", "taking", ["office_id", "day"], unique=False)
    night = op.create_table(
        "night",
        sa.Column("errand", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("errand", name=op.f("pk_night")),
    )
    op.bulk_insert(night, [{"errand": "clean up", "day": date(2000, 1, 1)}])
    _add_columns()
    for own in op.get_bind().execute(sa.select(office.c.id)).scalars().all():
        op.execute(office.update().where(office.c.id == own).values(here_secret=secrets.token_hex(16)))
    _seal_anew(_with_address, _with_what_stands_for_it)


def downgrade() -> None:
    """Bring the database back to before. An address that was forgotten stays forgotten."""
    _seal_anew(_with_what_stands_for_it, _with_address)
    with op.batch_alter_table("audit") as table:
        table.drop_column("address_seal")
        table.drop_column("salt")
    with op.batch_alter_table("office") as table:
        for name in (*BOUNDS, "here_code", "here_secret"):
            table.drop_column(name)
    op.drop_table("night")
    op.drop_table("taking")


def _add_columns() -> None:
    for name, most in BOUNDS.items():
        op.add_column("office", sa.Column(name, sa.Integer(), nullable=True, server_default=most))
    op.add_column("office", sa.Column("here_code", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("office", sa.Column("here_secret", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("audit", sa.Column("salt", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("audit", sa.Column("address_seal", sa.String(length=64), nullable=False, server_default=""))


def _with_address(row: Row) -> Row:
    """What stands for the address, before: itself."""
    return {"address": row["address"]}


def _with_what_stands_for_it(row: Row) -> Row:
    """What stands for the address from now on. One that has none yet is given it here, and written with the seal."""
    if row["address"] and not row["address_seal"]:
        row["salt"] = secrets.token_hex(16)
        row["address_seal"] = hashlib.sha256(f"{row['salt']}\n{row['address']}".encode()).hexdigest()
    return {"address_seal": row["address_seal"]}


def _seal_anew(old: Callable[[Row], Row], new: Callable[[Row], Row]) -> None:
    """Every chain from its first entry on, as long as each is what was written."""
    bind = op.get_bind()
    for own in bind.execute(sa.select(end.c.chain)).scalars().all():
        rows = bind.execute(sa.select(audit).where(audit.c.chain == own).order_by(audit.c.number)).mappings().all()
        before, sealed, number = FIRST, FIRST, 0
        for number, row in enumerate(map(dict, rows), start=1):
            if row["number"] != number or row["seal"] != _seal(before, row, old):
                break
            before, sealed = row["seal"], _seal(sealed, row, new)
            values = {"seal": sealed, "salt": row["salt"], "address_seal": row["address_seal"]}
            bind.execute(audit.update().where(audit.c.id == row["id"]).values(**values))
        else:
            whole = sa.and_(end.c.chain == own, end.c.length == number, end.c.seal == before)
            bind.execute(end.update().where(whole).values(seal=sealed))


def _seal(before: str, row: Row, stands: Callable[[Row], Row]) -> str:
    said = {name: row[name] for name in SAID} | stands(row)
    said["at"] = row["at"].replace(tzinfo=UTC).isoformat(timespec="microseconds")
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
