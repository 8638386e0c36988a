"""A sign-in remembers of which epoch it is: whether it still lasts can be told without its browser."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that nobody has ended are of their account's present epoch; they end by not being used."""
    op.add_column("sign_in", sa.Column("epoch", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE sign_in SET epoch = (SELECT staff.epoch FROM staff WHERE staff.id = sign_in.staff_id)"
        " WHERE ended IS NULL"
    )
    with op.batch_alter_table("sign_in") as table:
        table.alter_column("epoch", server_default=None)


def downgrade() -> None:
    """Forget it."""
    op.drop_column("sign_in", "epoch")
