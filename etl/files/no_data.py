"""Rows that hold no data: what tools write around a table (page footers, row counts, filters, copied formulas)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from data.i18n import count
from etl.files.model import Note, UnreadableFile

# Formulas drawn down below the data leave zeros, FALSE or the dash of an accounting format in every cell.
_FILLER = r"(?i)^(?:[-+]?0+(?:[.,]0+)?\s*[%€]?|[-–—]\s*€?|faux|false|non)$"
_ROW_WORDS = r"(?:rows?|row\(s\)|lignes?|ligne\(s\)|enregistrements?|records?|r[ée]sultats?)"
_ANNOTATION = (
    r"(?i)^\s*(?:"
    r"sources?\s*:"
    r"|filtres?\s+appliqu|applied\s+filters?|filtres?\s*:"
    rf"|\(\s*\d[\d\s]*{_ROW_WORDS}\b[^)]*\)\s*$"
    rf"|\d[\d\s]*{_ROW_WORDS}(?:\s+\pL+)?\s*\.?\s*$"
    r"|nombre\s+(?:total\s+)?(?:de\s+lignes|d.enregistrements)"
    r"|-\s*\d+\s*-\s*$"
    r"|(?:[ée]dit[ée]e?|imprim[ée]e?|export[ée]e?|g[ée]n[ée]r[ée]e?|extrait|extraction|export|[ée]dition)\s+(?:le|du|au)\b"
    r"|(?:nota(?:\s+bene)?|n\.?b\.?|notes?|l[ée]gende|lecture|remarques?|avertissement)\s*:"
    r"|\*\s*\pL|\(\d\)\s*\pL"
    r"|fin\s+d[eu]\b|©"
    r")"
)
# A second line of header: what each column is counted in.
_UNIT = (
    r"(?i)^[(\[]?\s*(?:en\s+)?(?:€|euros?|eur|[km]€|[km]illiers? d.euros|%|nombre|nb|jj/mm/aaaa|dd/mm/yyyy|aaaa-mm-jj|"
    r"yyyy-mm-dd|date|texte|code|heures?|jours?|degr[ée]s?)\s*[)\]]?$"
)
_THOUSANDS = r"(?i)[km]€|illiers?"
_PAGE = r"(?i)^\s*page\s*(?:n°\s*)?\d+(?:\s*(?:/|sur|de|of)\s*\d+)?\s*$"
_MOST_FILLED = 3  # an annotation fills one cell; a page footer has two or three


@dataclass
class NoDataFilter:
    """Takes rows without data out of batches, and remembers which. `header`: the names of the columns."""

    header: Sequence[str]
    filler: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    annotations: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)

    def apply(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame (line, cells, then one column per name) without the rows that hold no data."""
        names = [str(position) for position in range(len(self.header))]
        removed = [
            *self._remove(self.filler, _filler_rows(frame, names)),
            *self._remove(self.headers, self._header_rows(frame)),
            *self._remove(self.annotations, _annotation_rows(frame, names)),
            *self._remove(self.units, _unit_rows(frame, names)),
        ]
        return frame.filter(~pl.col("line").is_in(removed)) if removed else frame

    def notes(self) -> list[Note]:
        """One note for each kind of row taken out; annotations are named one by one."""
        found = [Note("footer", "Ligne hors des données (source, pied de page, filtre…) retirée.", line)
                 for line in self.annotations]  # fmt: skip
        if self.units:
            found.append(Note("units", "Ligne d’unités sous l’en-tête, laissée de côté.", self.units[0]))
        if self.headers:
            rows = count(len(self.headers), "en-tête répété", "en-têtes répétés")
            found.append(Note("header", f"{rows} au milieu des données, ignoré(s).", self.headers[0]))
        if self.filler:
            rows = count(len(self.filler), "ligne", "lignes")
            message = f"{rows} sans donnée (que des 0 ou FAUX, formules recopiées\u202f?) ignorée(s)."
            found.append(Note("filler", message, self.filler[0]))
        return found

    @staticmethod
    def _remove(known: list[int], rows: pl.DataFrame) -> list[int]:
        lines: list[int] = rows["line"].to_list()
        known.extend(lines)
        return lines

    def _header_rows(self, frame: pl.DataFrame) -> pl.DataFrame:
        named = [(str(position), name) for position, name in enumerate(self.header) if name]
        if not named:
            return frame.clear()
        first, text = named[0]
        suspects = frame.filter(pl.col(first) == text)
        same = (pl.col(at).str.to_lowercase() == name.lower() for at, name in named)
        return suspects.filter(pl.all_horizontal(same).fill_null(value=False)) if len(suspects) else suspects


def _filler_rows(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    return _rows_of_nothing_but(_FILLER, frame, names)


def _unit_rows(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Raises UnreadableFile when amounts are in thousands: they would be read as euros."""
    found = _rows_of_nothing_but(_UNIT, frame, names)
    scaled = found.filter(pl.any_horizontal(pl.col(names).str.contains(_THOUSANDS).fill_null(value=False)))
    if len(scaled):
        raise UnreadableFile(
            "des montants sont en milliers ou en millions d’euros\u202f: écrivez-les en euros.", line=scaled["line"][0]
        )
    return found


def _rows_of_nothing_but(pattern: str, frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    suspects = frame.filter(pl.coalesce(names).str.contains(pattern))
    if suspects.is_empty():
        return suspects
    alike = (pl.col(name).is_null() | pl.col(name).str.contains(pattern) for name in names)
    return suspects.filter(pl.all_horizontal(alike))


def _annotation_rows(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """Rows of one text that comments the table, or of few texts one of which numbers a page."""
    filled = pl.sum_horizontal(pl.col(name).is_not_null() for name in names)
    split = pl.col("cells") != len(names)  # a comment is cut at each delimiter that it holds
    sparse = frame.filter((filled <= min(_MOST_FILLED, max(1, (len(names) - 1) // 2))) | split)
    if sparse.is_empty():
        return sparse
    commented = pl.coalesce(names).str.contains(_ANNOTATION) & ((filled == 1) | split)
    paged = pl.any_horizontal(pl.col(name).str.contains(_PAGE).fill_null(value=False) for name in names)
    return sparse.filter(commented | (paged & (filled <= _MOST_FILLED)))
