"""Many offices: roles with longer names."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SHORT, LONG = sa.String(length=10), sa.String(length=16)


def upgrade() -> None:
    """Bring the database here."""
    with op.batch_alter_table("staff") as staff:
        staff.alter_column("role", existing_type=SHORT, type_=LONG, existing_nullable=False)


def downgrade() -> None:
    """Bring the database back to before: nobody has a right there that the older program would not know."""
    op.execute("UPDATE staff SET role = 'manager' WHERE role = 'administrator'")
    op.execute("UPDATE staff SET role = 'guide', retired = true WHERE role = 'coordinator'")
    with op.batch_alter_table("staff") as staff:
        staff.alter_column("role", existing_type=LONG, type_=SHORT, existing_nullable=False)
