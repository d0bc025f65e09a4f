"""Lists of the data page: the rejected rows, the remarks of loads, the loads, the annotations of curves."""

from __future__ import annotations

from dashboard.exports.columns import TableColumn
from dashboard.lists.links import file_loads_link
from dashboard.lists.model import Listing
from data.i18n import NARROW
from data.queries.annotations import annotation_rows
from data.queries.refused import remarks_of_loads, rows_of_loads, rows_to_correct
from data.units import EXACT_EUROS, LINES

REJECTED_ROWS = Listing(
    slug="lignes-a-corriger",
    path="/donnees",
    title="Lignes à corriger",
    rows=lambda _selection, _options: rows_to_correct(),
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
    card_head=("line", "message"),
    key=("load_id", "number"),
    empty_message=lambda _selection, _options: "Aucune ligne à corriger\u202f: tout ce qui a été chargé est compté",
    sources=(),
    filters=(),
    search=("source", "file", "column", "message"),
    links={"file": file_loads_link("file")},
    noun=("ligne à corriger", "lignes à corriger"),
    note=(
        "Une ligne corrigée dans son fichier, puis chargée à nouveau, quitte cette liste. Une valeur qui peut "
        "désigner une personne est masquée."
    ),
)

REMARKS = Listing(
    slug="remarques",
    path="/donnees",
    title="Remarques des chargements",
    rows=lambda _selection, _options: remarks_of_loads(),
    columns=(
        TableColumn("message", "Remarque"),
        TableColumn("rows", "Lignes", "value", LINES),
        TableColumn("file", "Fichier"),
        TableColumn("column", "Colonne"),
        TableColumn("value", "Exemple lu"),
        TableColumn("lines", "Aux lignes"),
        TableColumn("source", "Source"),
        TableColumn("load_id", "Chargement", "year"),
        TableColumn("sheet", "Feuille", on_screen=False),
    ),
    order="-load_id",
    key=("load_id", "number"),
    empty_message=lambda _selection, _options: "Aucune remarque\u202f: tout a été lu comme il est écrit",
    sources=(),
    filters=(),
    search=("source", "file", "column", "message"),
    links={"file": file_loads_link("file")},
    tie_breaker="number",
    noun=("sorte de remarque", "sortes de remarques"),
    note=(
        "Les lignes d’une remarque sont chargées et comptées\u202f: elle dit ce qui a été lu autrement qu’écrit, ou ce "
        "qui étonne. Sans nombre de lignes, elle porte sur le fichier entier. L’exemple est celui de la première "
        "ligne\u202f; une valeur qui peut désigner une personne est masquée."
    ),
)

LOADS = Listing(
    slug="chargements",
    path="/donnees",
    title="Chargements",
    rows=lambda _selection, _options: rows_of_loads(),
    columns=(
        TableColumn("number", "N°", "year"),
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
    card_head=("day", "file", "state"),
    key=("number",),
    empty_message=lambda _selection, _options: "Aucun fichier n’a été chargé",
    sources=(),
    filters=(),
    search=("source", "file"),
    noun=("chargement", "chargements"),
)

ANNOTATIONS = Listing(
    slug="reperes",
    path="/donnees",
    title="Repères des courbes",
    rows=lambda _selection, _options: annotation_rows(),
    columns=(
        TableColumn("starts", "Premier jour", "day"),
        TableColumn("ends", "Dernier jour", "day"),
        TableColumn("text", "Repère"),
        TableColumn("themes", "Thèmes des courbes"),
        TableColumn("territories", "Territoires"),
        TableColumn("origin", "Source"),
    ),
    order="-starts",
    key=("starts", "text"),
    tie_breaker="text",
    paging="rows",
    empty_message=lambda _selection, _options: "Aucun repère n’est à dessiner sur les courbes",
    sources=("annotations",),
    filters=(),
    search=("text", "themes", "territories", "origin"),
    noun=("repère", "repères"),
    note=(
        f"Un repère sans dernier jour est d’un seul jour. Une courbe montre ceux de ses thèmes et de tous{NARROW}; les "
        "deux plus longs y portent leur nom, tous sont nommés sous elle. Le fichier de la Région remplace "
        "cette liste."
    ),
)

LISTS = (REJECTED_ROWS, REMARKS, LOADS, ANNOTATIONS)
