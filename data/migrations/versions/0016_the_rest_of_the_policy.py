"""The network of managers, the service standard, agreements with partners"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "qvt_suggestion",
        sa.Column("code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("theme_search_key", sa.Text(), nullable=True, comment="how theme is searched and sorted"),
        sa.Column("suggestion", sa.Text(), nullable=False),
        sa.Column("suggestion_search_key", sa.Text(), nullable=True, comment="how suggestion is searched and sorted"),
        sa.Column(
            "conditions",
            sa.Text(),
            nullable=False,
            comment="|rural|small|: for whom, how large, when, where; empty: all",
        ),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_qvt_suggestion_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_qvt_suggestion_load_id")),
        sa.PrimaryKeyConstraint("code", "load_id", name=op.f("pk_qvt_suggestion")),
        comment="One row per suggestion on the quality of life at work",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roadmap_action",
        sa.Column("reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("axis", sa.Text(), nullable=False),
        sa.Column("axis_search_key", sa.Text(), nullable=True, comment="how axis is searched and sorted"),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("action_search_key", sa.Text(), nullable=True, comment="how action is searched and sorted"),
        sa.Column("owner", sa.Text(), nullable=True, comment="an organisation, never a person"),
        sa.Column("owner_search_key", sa.Text(), nullable=True, comment="how owner is searched and sorted"),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False, comment="planned, started, done or abandoned"),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_roadmap_action_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_roadmap_action_load_id")),
        sa.PrimaryKeyConstraint("reference", "load_id", name=op.f("pk_roadmap_action")),
        comment="One row per action of the roadmap of the label",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "standard_criterion",
        sa.Column("code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_search_key", sa.Text(), nullable=True, comment="how label is searched and sorted"),
        sa.Column("basis", sa.Text(), nullable=False, comment="a column of place_version, or declared"),
        sa.Column("threshold", sa.Float(), nullable=True, comment="the least value, of a measured column"),
        sa.Column("is_compulsory", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=True, comment="null: always in force"),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_standard_criterion_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_standard_criterion_load_id")),
        sa.PrimaryKeyConstraint("code", "load_id", name=op.f("pk_standard_criterion")),
        comment="One row per criterion of the service standard",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agreement",
        sa.Column("partner", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("starts", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ends", sa.Integer(), nullable=True, comment="its last day; null: open"),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("purpose_search_key", sa.Text(), nullable=True, comment="how purpose is searched and sorted"),
        sa.Column(
            "territories",
            sa.Text(),
            nullable=False,
            comment="|14|200066827|: départements, intercommunalités; empty: all",
        ),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_agreement_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_agreement_load_id")),
        sa.ForeignKeyConstraint(["partner"], ["partner.code"], name=op.f("fk_agreement_partner")),
        sa.PrimaryKeyConstraint("partner", "starts", "load_id", name=op.f("pk_agreement")),
        comment="One row per partner and first day of an agreement with the Région",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meeting_place",
        sa.Column("reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_meeting_place_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_meeting_place_load_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_meeting_place_place_id")),
        sa.PrimaryKeyConstraint("reference", "place_id", "load_id", name=op.f("pk_meeting_place")),
        comment="One row per meeting of the managers and tiers-lieu present",
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("meeting_place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_place_place_id"), ["place_id"], unique=False)

    op.create_table(
        "need",
        sa.Column("reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True, comment="null: a need of the whole network"),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("need_search_key", sa.Text(), nullable=True, comment="how need is searched and sorted"),
        sa.Column("state", sa.Text(), nullable=False, comment="expressed, in_progress, answered or dropped"),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answer_search_key", sa.Text(), nullable=True, comment="how answer is searched and sorted"),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_need_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_need_load_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_need_place_id")),
        sa.PrimaryKeyConstraint("reference", "load_id", name=op.f("pk_need")),
        comment="One row per need expressed by the network",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "network_meeting",
        sa.Column("reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_search_key", sa.Text(), nullable=True, comment="how label is searched and sorted"),
        sa.Column("commune", sa.Text(), nullable=True),
        sa.Column(
            "places", sa.Text(), nullable=False, comment="|DEMO-01|DEMO-02|: codes of the places present, or empty"
        ),
        sa.Column("themes", sa.Text(), nullable=True),
        sa.Column("themes_search_key", sa.Text(), nullable=True, comment="how themes is searched and sorted"),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["commune"], ["commune.code"], name=op.f("fk_network_meeting_commune")),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_network_meeting_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_network_meeting_load_id")),
        sa.PrimaryKeyConstraint("reference", "load_id", name=op.f("pk_network_meeting")),
        comment="One row per meeting of the managers",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "standard_declaration",
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("criterion", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finding", sa.Text(), nullable=False, comment="met or missing"),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_standard_declaration_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_standard_declaration_load_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_standard_declaration_place_id")),
        sa.PrimaryKeyConstraint("place_id", "criterion", "day", "load_id", name=op.f("pk_standard_declaration")),
        comment="One row per tiers-lieu, criterion and day of the finding",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
