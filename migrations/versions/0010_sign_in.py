"""Signing in: who did when and from where, known browsers, PINs, tries, and when a sign-in ends."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database here."""
    op.add_column("staff", sa.Column("pin_hash", sa.String(length=200), nullable=True))
    op.add_column("staff", sa.Column("code_mark", sa.String(length=5), nullable=True))
    op.add_column("office", sa.Column("idle_minutes", sa.Integer(), nullable=False, server_default="30"))
    op.add_column("office", sa.Column("shift_end", sa.Time(), nullable=True))
    op.create_table(
        "sign_in",
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("used", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sign_in_staff_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_staff_id"), "sign_in", ["staff_id"])
    op.create_table(
        "known_browser",
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("pin_until", sa.DateTime(), nullable=True),
        sa.Column("pin_tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_known_browser_staff_id")),
        sa.PrimaryKeyConstraint("browser", "staff_id", name=op.f("pk_known_browser")),
    )
    op.create_table(
        "tries",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tries")),
    )
    op.create_index(op.f("ix_tries_due"), "tries", ["due"])


def downgrade() -> None:
    """Bring the database back to before."""
    for table in ("tries", "known_browser", "sign_in"):
        op.drop_table(table)
    with op.batch_alter_table("office") as office:
        for name in ("shift_end", "idle_minutes"):
            office.drop_column(name)
    with op.batch_alter_table("staff") as staff:
        for name in ("code_mark", "pin_hash"):
            staff.drop_column(name)
