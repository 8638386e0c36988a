"""The catalogue, the other way, offers and contacts, help points, suspensions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DEFERRED = sa.text("defer_until IS NOT NULL")


def upgrade() -> None:
    """Bring the database here."""
    op.create_table(
        "catalogue_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_catalogue_import_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_import")),
    )
    with op.batch_alter_table("catalogue_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalogue_import_office_id"), ["office_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("hours_vi", sa.String(length=120), nullable=False),
        sa.Column("hours_en", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_contact_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_office_id"), ["office_id"], unique=False)

    op.create_table(
        "help_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("at_office_id", sa.Integer(), nullable=True),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("hours_vi", sa.String(length=120), nullable=False),
        sa.Column("hours_en", sa.String(length=120), nullable=False),
        sa.Column("map_url", sa.String(length=300), nullable=False),
        sa.Column("helps_vi", sa.String(length=200), nullable=False),
        sa.Column("helps_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["at_office_id"], ["office.id"], name=op.f("fk_help_point_at_office_id")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_help_point_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_point")),
    )
    with op.batch_alter_table("help_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_point_office_id"), ["office_id"], unique=False)

    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("services", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("why_vi", sa.String(length=300), nullable=False),
        sa.Column("why_en", sa.String(length=300), nullable=False),
        sa.Column("call", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_suspension_office_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suspension_office_id"), ["office_id"], unique=False)

    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("also", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=120), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("online", sa.String(length=8), nullable=True),
        sa.Column("online_payment", sa.Boolean(), nullable=True),
        sa.Column("post_in", sa.Boolean(), nullable=True),
        sa.Column("post_out", sa.Boolean(), nullable=True),
        sa.Column("fee", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("by_hand", sa.JSON(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_procedure_office_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_procedure_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
        sa.UniqueConstraint("office_id", "code", name=op.f("uq_procedure_office_id_code")),
    )
    with op.batch_alter_table("procedure", schema=None) as batch_op:
        batch_op.create_index("procedure_by_field", ["office_id", "field"], unique=False)

    op.create_table(
        "suspension_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suspension_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.Integer(), nullable=True),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_suspension_exception_procedure_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_suspension_exception_service_id")),
        sa.ForeignKeyConstraint(
            ["suspension_id"], ["suspension.id"], name=op.f("fk_suspension_exception_suspension_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension_exception")),
    )
    with op.batch_alter_table("suspension_exception", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suspension_exception_suspension_id"), ["suspension_id"], unique=False)

    op.create_table(
        "guidance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("procedure_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=True),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.Column("behind", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_guidance_office_id")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedure.id"], name=op.f("fk_guidance_procedure_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_guidance_service_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_guidance_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance")),
    )
    with op.batch_alter_table("guidance", schema=None) as batch_op:
        batch_op.create_index("guidance_by_day", ["office_id", "day"], unique=False)

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("places", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("way", sa.String(length=12), nullable=True))
        batch_op.alter_column("office_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column(
            "text_vi", existing_type=sa.VARCHAR(length=200), type_=sa.String(length=400), existing_nullable=False
        )
        batch_op.alter_column(
            "text_en", existing_type=sa.VARCHAR(length=200), type_=sa.String(length=400), existing_nullable=False
        )

    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.add_column(sa.Column("defer_seconds", sa.Integer(), nullable=False, server_default="300"))
        batch_op.add_column(sa.Column("defer_bound", sa.Integer(), nullable=False, server_default="2"))
        batch_op.add_column(
            sa.Column("portal_vi", sa.String(length=120), nullable=False, server_default="Cổng Dịch vụ công quốc gia")
        )
        batch_op.add_column(
            sa.Column(
                "portal_en", sa.String(length=120), nullable=False, server_default="National Public Service Portal"
            )
        )
        batch_op.add_column(
            sa.Column("portal_url", sa.String(length=300), nullable=False, server_default="https://dichvucong.gov.vn")
        )

    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), nullable=False, server_default="intake"))

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("procedure_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("papers", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("trying_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("failed_why", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("deferrals", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("defer_until", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("file_number", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("help_asked", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("missing", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("result_by", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("handed_from", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_ticket_handed_from"), "ticket", ["handed_from"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_ticket_procedure_id"), "procedure", ["procedure_id"], ["id"])
        batch_op.create_index(
            "ticket_deferred", ["office_id"], unique=False, sqlite_where=DEFERRED, postgresql_where=DEFERRED
        )
        batch_op.create_index("ticket_handed", ["handed_from"], unique=True)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index("ticket_handed")
        batch_op.drop_index("ticket_deferred", sqlite_where=DEFERRED, postgresql_where=DEFERRED)
        batch_op.drop_constraint(batch_op.f("fk_ticket_procedure_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ticket_handed_from"), type_="foreignkey")
        batch_op.drop_column("handed_from")
        batch_op.drop_column("result_by")
        batch_op.drop_column("missing")
        batch_op.drop_column("outcome")
        batch_op.drop_column("help_asked")
        batch_op.drop_column("file_number")
        batch_op.drop_column("defer_until")
        batch_op.drop_column("deferrals")
        batch_op.drop_column("failed_why")
        batch_op.drop_column("trying_since")
        batch_op.drop_column("papers")
        batch_op.drop_column("procedure_id")

    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("office", schema=None) as batch_op:
        batch_op.drop_column("portal_url")
        batch_op.drop_column("portal_en")
        batch_op.drop_column("portal_vi")
        batch_op.drop_column("defer_bound")
        batch_op.drop_column("defer_seconds")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.alter_column(
            "text_en", existing_type=sa.String(length=400), type_=sa.VARCHAR(length=200), existing_nullable=False
        )
        batch_op.alter_column(
            "text_vi", existing_type=sa.String(length=400), type_=sa.VARCHAR(length=200), existing_nullable=False
        )
        batch_op.alter_column("office_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("way")
        batch_op.drop_column("places")

    with op.batch_alter_table("guidance", schema=None) as batch_op:
        batch_op.drop_index("guidance_by_day")

    op.drop_table("guidance")
    with op.batch_alter_table("suspension_exception", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suspension_exception_suspension_id"))

    op.drop_table("suspension_exception")
    with op.batch_alter_table("procedure", schema=None) as batch_op:
        batch_op.drop_index("procedure_by_field")

    op.drop_table("procedure")
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suspension_office_id"))

    op.drop_table("suspension")
    with op.batch_alter_table("help_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_point_office_id"))

    op.drop_table("help_point")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_office_id"))

    op.drop_table("contact")
    with op.batch_alter_table("catalogue_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalogue_import_office_id"))

    op.drop_table("catalogue_import")
