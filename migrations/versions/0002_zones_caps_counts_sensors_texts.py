"""Zones, caps and where they come from, counts, sensors, texts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


OPEN = sa.text("ended_at IS NULL")
ROOM = sa.text("ended_at IS NULL AND area_id IS NULL")
AREA = sa.text("ended_at IS NULL AND area_id IS NOT NULL")


def upgrade() -> None:
    """Bring the database here."""
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=60), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_area_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text_vi", sa.String(length=200), nullable=False),
        sa.Column("text_en", sa.String(length=200), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_notice_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_office_id"), ["office_id"], unique=False)

    op.create_table(
        "cap_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("inputs", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=True),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_cap_rule_area_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_cap_rule_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cap_rule")),
    )
    with op.batch_alter_table("cap_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cap_rule_office_id"), ["office_id"], unique=False)

    op.create_table(
        "recount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_recount_area_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_recount_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recount")),
    )
    with op.batch_alter_table("recount", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recount_office_id"), ["office_id"], unique=False)

    op.create_table(
        "sensor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("inside", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_sensor_area_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_sensor_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sensor")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sensor_token_hash")),
    )
    with op.batch_alter_table("sensor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sensor_office_id"), ["office_id"], unique=False)

    with op.batch_alter_table("counter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("open", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("people", sa.Integer(), nullable=False, server_default="2"))

    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pass_bound", sa.Integer(), nullable=False, server_default="10"))
        batch_op.add_column(sa.Column("count_seconds", sa.Integer(), nullable=False, server_default="3600"))
        batch_op.add_column(sa.Column("count_due", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("count_asked", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("area_id", sa.Integer(), nullable=True))
        batch_op.drop_index("presence_of_ticket")
        batch_op.create_index(
            "presence_of_ticket", ["ticket_id"], unique=True, sqlite_where=ROOM, postgresql_where=ROOM
        )
        batch_op.create_index("presence_in_area", ["ticket_id"], unique=True, sqlite_where=AREA, postgresql_where=AREA)
        batch_op.create_foreign_key(batch_op.f("fk_presence_area_id"), "area", ["area_id"], ["id"])

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("passed", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_column("passed")

    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.drop_index("presence_of_ticket")
        batch_op.create_index(
            "presence_of_ticket", ["ticket_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )
        batch_op.drop_constraint(batch_op.f("fk_presence_area_id"), type_="foreignkey")
        batch_op.drop_index("presence_in_area")
        batch_op.drop_column("area_id")

    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.drop_column("count_asked")
        batch_op.drop_column("count_due")
        batch_op.drop_column("count_seconds")
        batch_op.drop_column("pass_bound")

    with op.batch_alter_table("counter", schema=None) as batch_op:
        batch_op.drop_column("people")
        batch_op.drop_column("open")

    with op.batch_alter_table("sensor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sensor_office_id"))

    op.drop_table("sensor")
    with op.batch_alter_table("recount", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recount_office_id"))

    op.drop_table("recount")
    with op.batch_alter_table("cap_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cap_rule_office_id"))

    op.drop_table("cap_rule")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_office_id"))

    op.drop_table("notice")
    op.drop_table("area")
