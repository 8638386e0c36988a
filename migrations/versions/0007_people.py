"""People: one-time codes, no longer here, signed out everywhere, last signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database here."""
    op.add_column("staff", sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("staff", sa.Column("one_time_until", sa.DateTime(), nullable=True))
    op.add_column("staff", sa.Column("epoch", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("staff", sa.Column("last_sign_in", sa.DateTime(), nullable=True))


def downgrade() -> None:
    """Bring the database back to before."""
    with op.batch_alter_table("staff") as staff:
        for name in ("last_sign_in", "epoch", "one_time_until", "retired"):
            staff.drop_column(name)
