"""Devices: paired by a code, taken back at once; whether kiosks must be paired."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database here."""
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("office_id", sa.Integer(), sa.ForeignKey("office.id", name="fk_device_office_id"), nullable=False),
        sa.Column("area_id", sa.Integer(), sa.ForeignKey("area.id", name="fk_device_area_id"), nullable=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("services", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("chimes", sa.Boolean(), nullable=False),
        sa.Column("ways", sa.Boolean(), nullable=False),
        sa.Column("lines", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(8), nullable=True),
        sa.Column("code_until", sa.DateTime(), nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=True),
        sa.Column("paired_at", sa.DateTime(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.String(20), nullable=True),
        sa.Column("sound", sa.Boolean(), nullable=True),
        sa.Column("unprinted", sa.DateTime(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("token_hash", name="uq_device_token_hash"),
    )
    op.create_index("ix_device_office_id", "device", ["office_id"])
    op.add_column("office", sa.Column("paired_only", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Bring the database back to before."""
    op.drop_column("office", "paired_only")
    op.drop_table("device")
