"""The index of the search: each database's own full text, kept true by triggers so that nobody can forget it.

A later migration that makes the table `procedure` anew on SQLite (`batch_alter_table`) must make these triggers
again: they go with the old table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = ("code", "name_vi", "name_en", "also", "field")
WATCHED = "office_id, code, name_vi, name_en, also, field, retired"


def upgrade() -> None:
    """Bring the database here."""
    op.create_table(
        "catalogue_stamp",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_catalogue_stamp_office_id")),
        sa.PrimaryKeyConstraint("office_id", name=op.f("pk_catalogue_stamp")),
    )
    errands = sa.text("procedure_id IS NOT NULL")
    op.create_index(
        "ticket_by_errand", "ticket", ["office_id", "day", "procedure_id"],
        sqlite_where=errands, postgresql_where=errands,
    )  # fmt: skip
    for statement in SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRES_UP:
        op.execute(statement)


def downgrade() -> None:
    """Take it back."""
    for statement in SQLITE_DOWN if op.get_bind().dialect.name == "sqlite" else POSTGRES_DOWN:
        op.execute(statement)
    op.drop_index("ticket_by_errand", "ticket")
    op.drop_table("catalogue_stamp")


def _text(row: str) -> str:
    """All that may be searched of a procedure, with its office as one more word."""
    columns = " || ' ' || ".join(f"coalesce({row}.{column}, '')" for column in COLUMNS)
    return f"'office' || {row}.office_id || ' ' || {columns}"


def _bare(row: str) -> str:
    """SQLite's own folding takes the marks off, but knows đ as a letter."""
    return f"replace(replace({_text(row)}, 'đ', 'd'), 'Đ', 'D')"


def _stamped(row: str) -> str:
    return f"""
        INSERT OR IGNORE INTO catalogue_stamp (office_id, stamp) VALUES ({row}.office_id, 0);
        UPDATE catalogue_stamp SET stamp = stamp + 1 WHERE office_id = {row}.office_id;"""


SQLITE_UP = (
    "CREATE VIRTUAL TABLE procedure_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')",
    f"""CREATE TRIGGER procedure_words_in AFTER INSERT ON procedure BEGIN
        INSERT INTO procedure_words (rowid, words) SELECT new.id, {_bare("new")} WHERE NOT new.retired;{_stamped("new")}
    END""",
    f"""CREATE TRIGGER procedure_words_changed AFTER UPDATE OF {WATCHED} ON procedure BEGIN
        DELETE FROM procedure_words WHERE rowid = old.id;
        INSERT INTO procedure_words (rowid, words) SELECT new.id, {_bare("new")} WHERE NOT new.retired;{_stamped("new")}
    END""",
    f"""CREATE TRIGGER procedure_words_out AFTER DELETE ON procedure BEGIN
        DELETE FROM procedure_words WHERE rowid = old.id;{_stamped("old")}
    END""",
    f"INSERT INTO procedure_words (rowid, words) SELECT p.id, {_bare('p')} FROM procedure p WHERE NOT p.retired",
    "INSERT INTO catalogue_stamp (office_id, stamp) SELECT DISTINCT office_id, 1 FROM procedure",
)
SQLITE_DOWN = (
    "DROP TRIGGER procedure_words_in",
    "DROP TRIGGER procedure_words_changed",
    "DROP TRIGGER procedure_words_out",
    "DROP TABLE procedure_words",
)

POSTGRES_UP = (
    r"""CREATE FUNCTION procedure_folded(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT trim(regexp_replace(lower(translate(
            regexp_replace(normalize(said, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐðÐ', 'dddd')), '[^a-z0-9]+', ' ', 'g'))
    $$""",
    """CREATE TABLE procedure_words (
        procedure_id integer CONSTRAINT pk_procedure_words PRIMARY KEY
            CONSTRAINT fk_procedure_words_procedure_id REFERENCES procedure (id) ON DELETE CASCADE,
        words tsvector NOT NULL)""",
    # Without a list of changes yet to be sorted in: every search after an import would read all of it.
    "CREATE INDEX procedure_words_found ON procedure_words USING gin (words) WITH (fastupdate = off)",
    f"""CREATE FUNCTION procedure_words_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN DELETE FROM procedure_words WHERE procedure_id = old.id; END IF;
        IF TG_OP <> 'DELETE' AND NOT new.retired THEN
            INSERT INTO procedure_words
                SELECT new.id, array_to_tsvector(string_to_array(procedure_folded({_text("new")}), ' '));
        END IF;
        INSERT INTO catalogue_stamp AS kept (office_id, stamp)
            VALUES (CASE WHEN TG_OP = 'DELETE' THEN old.office_id ELSE new.office_id END, 1)
            ON CONFLICT (office_id) DO UPDATE SET stamp = kept.stamp + 1;
        RETURN NULL;
    END $$""",
    f"""CREATE TRIGGER procedure_words_kept AFTER INSERT OR DELETE OR UPDATE OF {WATCHED} ON procedure
        FOR EACH ROW EXECUTE FUNCTION procedure_words_kept()""",
    f"""INSERT INTO procedure_words SELECT p.id, array_to_tsvector(string_to_array(procedure_folded({_text("p")}), ' '))
        FROM procedure p WHERE NOT p.retired""",
    "INSERT INTO catalogue_stamp (office_id, stamp) SELECT DISTINCT office_id, 1 FROM procedure",
)
POSTGRES_DOWN = (
    "DROP TRIGGER procedure_words_kept ON procedure",
    "DROP FUNCTION procedure_words_kept",
    "DROP TABLE procedure_words",
    "DROP FUNCTION procedure_folded",
)
