"""What the database names and a search finds: tiers-lieux, partners, aid files, beneficiaries."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, null, select

from data.facts.aid import LEVER_FAMILY
from data.facts.aid_files import is_regional_lever_aid
from data.facts.privacy import MASKED_NAME
from data.queries.name_search import Name, NameIndex, name_key, name_keys
from data.queries.partner_status import short_partner_name
from data.schema import aid, aid_file, commune, departement, is_live, partner_version, place, place_version

AidList = Literal["voted", "proposed", "complementary"]  # voted by the levers, waiting for a vote, by other schemes
MAX_AID_FILES = 50  # read for the beginning of a reference


class NamedPlace(NamedTuple):
    """A tiers-lieu ever described, with its commune and département."""

    code: str
    name: str
    commune: str
    departement: str


class NamedPartner(NamedTuple):
    """A partner of the list of partners."""

    code: str
    label: str


class NamedAidFile(NamedTuple):
    """An aid file as known today, and the list that shows it; `beneficiary` as it is shown (a person is masked)."""

    reference: str
    beneficiary: str
    scheme: str
    shown_in: AidList


class Beneficiary(NamedTuple):
    """A beneficiary with aid files in a list, and their number; a person, who is masked, is none."""

    name: str
    shown_in: AidList
    files: int


def read_place_names(connection: Connection) -> NameIndex[NamedPlace]:
    """The tiers-lieux by name, then by code."""
    rows = connection.execute(
        select(place.c.code, place_version.c.name, commune.c.name, departement.c.name)
        .select_from(place_version)
        .join(place, place.c.place_id == place_version.c.place_id)
        .join(commune, commune.c.code == place_version.c.commune)
        .join(departement, departement.c.code == commune.c.dep)
        .where(is_live(place_version))
    )
    places = [NamedPlace(*row) for row in rows]
    names = [Name(key, one) for one in places for key in name_keys(one.name)]
    return NameIndex([*names, *(Name(name_key(one.code), one, one.code, 1) for one in places)])


def read_partner_names(connection: Connection) -> NameIndex[NamedPartner]:
    """The partners by label, by the label without its brackets, then by code."""
    rows = connection.execute(select(partner_version.c.code, partner_version.c.label).where(is_live(partner_version)))
    partners = [NamedPartner(*row) for row in rows]
    names = [
        Name(key, one)
        for one in partners
        for label in (one.label, short_partner_name(one.label))
        for key in name_keys(label)
    ]
    return NameIndex([*names, *(Name(name_key(one.code), one, order=1) for one in partners)])


def read_beneficiary_names(connection: Connection, today: date) -> NameIndex[Beneficiary]:
    """The beneficiaries by name, once for each list of aid files; most files first. One scan of all files."""
    shown_in = _shown_in(today)
    rows = connection.execute(
        select(aid_file.c.beneficiary, shown_in, func.count())
        .where(shown_in.is_not(None), aid_file.c.beneficiary != MASKED_NAME)
        .group_by(aid_file.c.beneficiary, shown_in)
    )
    return NameIndex(Name(name_key(row[0]), Beneficiary(*row), weight=row[2]) for row in rows)


def read_aid_files_by_reference(connection: Connection, text: str, today: date) -> NameIndex[NamedAidFile]:
    """The first aid files whose reference begins with a text, as it is typed, in capitals or in small letters, whatever
    its separators; none for a text without a digit, which would begin most of them.
    """
    first_part = re.match(r"[^\W_]+", text)
    if first_part is None or not any(letter.isdigit() for letter in text):
        return NameIndex(())
    written = {first_part[0], first_part[0].upper(), first_part[0].lower()}
    rows = (row for part in written for row in connection.execute(_files_by_reference(connection, part, text, today)))
    return NameIndex(Name(name_key(row[0]), NamedAidFile(*row)) for row in rows)


def _files_by_reference(connection: Connection, part: str, text: str, today: date) -> Select[Any]:
    """The first aid files whose reference begins with a part, written so, and with the whole text.

    SQLite finds the part as a range of the index, which LIKE does not read; on PostgreSQL the order of the index is
    that of a language, and a range would miss some.
    """
    reference, shown_in = aid.c.reference, _shown_in(today)
    in_range = and_(reference >= part, reference < f"{part}\U0010ffff")
    begins = in_range if connection.dialect.name == "sqlite" else reference.startswith(part, autoescape=True)
    whole = re.sub(r"[\W_]", "_", text.lower())  # any letter in place of each separator
    return (
        select(aid_file.c.reference, aid_file.c.beneficiary, aid_file.c.scheme_label, shown_in)
        .select_from(aid)
        .join(aid_file, aid_file.c.aid_id == aid.c.aid_id)
        .where(begins, func.lower(reference).like(f"{whole}%"), shown_in.is_not(None))
        .order_by(reference)
        .limit(MAX_AID_FILES)
    )


def _shown_in(today: date) -> ColumnElement[Any]:
    """SQL: the list that shows an aid file (AidList); null for a lever of another funder, which none does."""
    lever = is_regional_lever_aid(aid_file.c)
    is_voted = and_(aid_file.c.is_voted, aid_file.c.day <= today)
    return case(
        (and_(lever, is_voted), literal("voted")),
        (lever, literal("proposed")),
        (and_(aid_file.c.family != LEVER_FAMILY, is_voted), literal("complementary")),
        else_=null(),
    )
