"""What an office sets itself: address, days of work, holidays, number rules; services and counters no longer used."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IN_USE = sa.text("NOT retired")
RETIRED = ("service", "counter", "priority_class")
OWN_NAME = (("service", "letter"), ("counter", "number"))
"""What no two rows of an office that are in use may share."""


def upgrade() -> None:
    """Bring the database here."""
    op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_holiday_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("office_id", "day", name=op.f("uq_holiday_office_id_day")),
    )
    op.add_column("office", sa.Column("address", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("office", sa.Column("weekdays", sa.String(length=7), nullable=False, server_default="1234567"))
    op.add_column("office", sa.Column("restart_daily", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("service", sa.Column("first_number", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("service", sa.Column("day_quota", sa.Integer(), nullable=True))
    for table in RETIRED:
        op.add_column(table, sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table, name in OWN_NAME:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"uq_{table}_office_id_{name}"), type_="unique")
        op.create_index(
            f"{table}_{name}", table, ["office_id", name], unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE
        )


def downgrade() -> None:
    """Bring the database back to before."""
    for table, name in OWN_NAME:
        op.drop_index(f"{table}_{name}", table)
        with op.batch_alter_table(table) as batch:
            batch.create_unique_constraint(op.f(f"uq_{table}_office_id_{name}"), ["office_id", name])
    for table in RETIRED:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("retired")
    with op.batch_alter_table("service") as service:
        service.drop_column("day_quota")
        service.drop_column("first_number")
    with op.batch_alter_table("office") as office:
        for name in ("restart_daily", "weekdays", "address"):
            office.drop_column(name)
    op.drop_table("holiday")
