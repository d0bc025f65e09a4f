"""Staged SIRET and SIREN beside those that are known: another company under the same name is signalled.

Nothing is asked of the national register: what is known is what was loaded.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, and_, select

from data.i18n import NARROW, fold
from data.schema import aid_version, is_live, place_version
from data.sources import Source
from etl.loading.merge import Merge
from etl.problems import Problem
from etl.typing.cell_problems import FileState

_OTHER_COMPANY = f"SIRET d’une autre entreprise que celle déjà connue sous ce nom{NARROW}: à vérifier"
_OTHER_SEAT = f"SIRET d’un autre établissement que celui déjà connu{NARROW}: l’ancien est-il fermé{NARROW}?"


def other_companies(connection: Connection, job: Merge, source: Source, state: FileState) -> list[Problem]:
    """Warnings about staged rows whose SIRET is not that of the same row, beneficiary or holder known before."""
    if "siren" not in job.version.c:
        return []
    companies, seats = _of_same_row(connection, job)
    if job.version is aid_version:
        companies |= {*_of_same_beneficiary(connection, job.stage), *_of_holder(connection, job.stage)}
    header = source.column("siret").header
    return [
        *state.warn_rows(header, _OTHER_COMPANY, [(line, _OTHER_COMPANY) for line in sorted(companies)]),
        *state.warn_rows(header, _OTHER_SEAT, [(line, _OTHER_SEAT) for line in sorted(seats - companies)]),
    ]


def _of_same_row(connection: Connection, job: Merge) -> tuple[set[int], set[int]]:
    """Lines with another SIREN than the live row of the same key, and those with another SIRET of the same SIREN."""
    stage, known = job.stage, job.version.alias("known")
    rows = connection.execute(
        select(stage.c.line, stage.c.siren != known.c.siren)
        .join(known, and_(is_live(known), job.same_key(known)))
        .where((stage.c.siren != known.c.siren) | (stage.c.siret != known.c.siret))
    ).all()
    return {line for line, is_other in rows if is_other}, {line for line, is_other in rows if not is_other}


def _of_same_beneficiary(connection: Connection, stage: Table) -> Iterator[int]:
    """Lines of a beneficiary that a live aid of the same tiers-lieu names alike with another SIREN. Without the place,
    names would not do: many associations bear one.
    """
    known = aid_version.alias("known")
    alike = and_(known.c.place_id == stage.c.place_id, known.c.beneficiary_key == stage.c.beneficiary_key)
    yield from connection.scalars(
        select(stage.c.line).join(known, and_(is_live(known), alike)).where(known.c.siren != stage.c.siren).distinct()
    )


def _of_holder(connection: Connection, stage: Table) -> Iterator[int]:
    """Lines of a beneficiary that has the name of the holder of its tiers-lieu, and another SIREN."""
    rows = connection.execute(
        select(stage.c.line, stage.c.beneficiary_key, place_version.c.holder)
        .join(place_version, and_(is_live(place_version), place_version.c.place_id == stage.c.place_id))
        .where(place_version.c.siren != stage.c.siren)
    )
    yield from (line for line, beneficiary, holder in rows if fold(holder) == beneficiary)
