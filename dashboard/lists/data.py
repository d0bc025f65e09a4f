"""Lists of the data page: the rejected rows, the loads."""

from __future__ import annotations

from dashboard.exports.columns import TableColumn
from dashboard.lists.model import Listing
from data.queries.refused import load_rows, refused_rows
from data.units import EXACT_EUROS, LINES

REJECTED_ROWS = Listing(
    slug="lignes-a-corriger",
    path="/donnees",
    title="Lignes à corriger",
    rows=lambda _selection, _options: refused_rows(),
    columns=(
        TableColumn("file", "Fichier"),
        TableColumn("line", "Ligne"),
        TableColumn("column", "Colonne"),
        TableColumn("value", "Valeur lue"),
        TableColumn("message", "Ce qu’il faut corriger"),
        TableColumn("amount", "Non compté", "value", EXACT_EUROS),
        TableColumn("source", "Source"),
        TableColumn("sheet", "Feuille"),
    ),
    order="file",
    key=("load_id", "number"),
    empty_message=lambda _selection, _options: "Aucune ligne à corriger\u202f: tout ce qui a été chargé est compté",
    sources=(),
    filters=(),
    search=("source", "file", "column", "message"),
    noun=("ligne à corriger", "lignes à corriger"),
    note=(
        "Une ligne corrigée dans son fichier, puis chargée à nouveau, quitte cette liste. Une valeur qui peut "
        "désigner une personne est masquée."
    ),
)

LOADS = Listing(
    slug="chargements",
    path="/donnees",
    title="Chargements",
    rows=lambda _selection, _options: load_rows(),
    columns=(
        TableColumn("number", "N°"),
        TableColumn("day", "Date", "day"),
        TableColumn("source", "Source"),
        TableColumn("file", "Fichier"),
        TableColumn("accepted", "Acceptées", "value", LINES),
        TableColumn("rejected", "À corriger", "value", LINES),
        TableColumn("unchanged", "Inchangées", "value", LINES),
        TableColumn("replaced", "Remplacées", "value", LINES),
        TableColumn("state", "État"),
        TableColumn("nature", "Origine"),
    ),
    order="-number",
    key=("number",),
    empty_message=lambda _selection, _options: "Aucun fichier n’a été chargé",
    sources=(),
    filters=(),
    search=("source", "file"),
    noun=("chargement", "chargements"),
)

LISTS = (REJECTED_ROWS, LOADS)
