"""The Région's grants in the national format of open data, SCDL « subventions » 2.1.1: its columns, in its order."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from data.formulas import escape_formula
from data.queries.grants import PUBLICATION_EUROS
from data.sources import REGION_SIRET

HEADERS = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
)
MAX_LETTERS = 256  # of the purpose and of the conditions of payment
MAX_RAE_LETTERS = 5
ROWS_PER_PIECE = 500
FUNDER_NAME = "Région Normandie"
IN_MONEY, IN_KIND = "aide en numéraire", "aide en nature"
NATURES = (IN_MONEY, IN_KIND, f"{IN_MONEY};{IN_KIND}", f"{IN_KIND};{IN_MONEY}")
ONCE, IN_PARTS, UNKNOWN_CONDITIONS = "unique", "échelonné", "Modalités absentes des données"
UNKNOWN_SCHEME = "non-renseigne"  # of grants of the open data: no scheme of the Région
RNA = re.compile(r"W\d{9}")
PERIOD = re.compile(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?")


@dataclass(frozen=True)
class GrantFile:
    """One published file: the end of its address, its name in a link, and the amount that its grants exceed."""

    path: str
    label: str
    above: Decimal | None = None

    @property
    def stem(self) -> str:
        """« subventions-scdl »: its name in addresses and files."""
        return self.path.removeprefix("/exports/").removesuffix(".csv")


GRANT_FILES = (
    GrantFile("/exports/subventions-scdl.csv", "Données ouvertes (SCDL)"),
    GrantFile("/exports/subventions-scdl-plus-de-23000.csv", "SCDL, plus de 23\u202f000\u202f€", PUBLICATION_EUROS),
)


def write_scdl(grants: Iterable[Mapping[Any, Any]], file: IO[bytes]) -> None:
    """Write rows of `stream_grants` as CSV: commas, UTF-8 without BOM, days of ISO 8601, decimal points."""
    lines = map(scdl_line, grants)
    file.write(_csv_text([HEADERS]))
    while piece := list(islice(lines, ROWS_PER_PIECE)):
        file.write(_csv_text(piece))


def scdl_line(grant: Mapping[Any, Any]) -> list[str]:
    """The cells of one grant, in the order of `HEADERS`."""
    others = json.loads(grant["extra"] or "{}")
    purpose = grant["purpose"] or f"Aide au titre du dispositif {grant['scheme_label']}"
    return [
        FUNDER_NAME,
        REGION_SIRET,
        grant["day"].isoformat(),
        _free_text(grant["decision_reference"]),
        _free_text(grant["beneficiary"]),
        grant["siret"] or "",
        _matching(RNA, others.get("rna")) if grant["siret"] else "",
        _free_text(purpose),
        f"{grant['voted']:.2f}",
        others["nature"] if others.get("nature") in NATURES else IN_MONEY,
        payment_conditions(grant, others),
        _matching(PERIOD, others.get("period")) or payment_period(grant),
        _free_text(others.get("rae"))[:MAX_RAE_LETTERS],
        "oui" if str(others.get("notified", "")).strip().lower() == "oui" else "non",
        "1",
        "" if grant["scheme"] == UNKNOWN_SCHEME else _free_text(grant["scheme"]),
    ]


def payment_conditions(grant: Mapping[Any, Any], others: Mapping[Any, Any]) -> str:
    """How the grant is paid: as its file says, otherwise as its payments show. A single payment of a part does not say
    whether others follow.
    """
    if others.get("conditions"):
        return _free_text(others["conditions"])
    if grant["in_parts"] or grant["payments"] > 1:
        return IN_PARTS
    return ONCE if grant["payments"] and grant["paid"] >= grant["voted"] else UNKNOWN_CONDITIONS


def payment_period(grant: Mapping[Any, Any]) -> str:
    """The day of the only payment, or the period of payments: from the first one, or the vote, to the last one when all
    is paid, otherwise to the day when the grant lapses, if it is known.
    """
    first: date = grant["first_payment"] or grant["day"]
    last: date = grant["last_payment"] or first
    if grant["paid"] < grant["voted"] and grant["lapses"]:
        last = max(last, grant["lapses"])
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _free_text(text: str | None) -> str:
    """One line of bounded length that no spreadsheet takes for a formula."""
    line = escape_formula(" ".join((text or "").split()))
    return line if len(line) <= MAX_LETTERS else f"{line[: MAX_LETTERS - 1]}…"


def _matching(pattern: re.Pattern[str], text: str | None) -> str:
    return text if text and pattern.fullmatch(text) else ""


def _csv_text(lines: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()
