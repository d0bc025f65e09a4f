"""Lists of aid files: proposed, to be checked, voted."""

from __future__ import annotations

from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.scdl import GRANT_FILES
from dashboard.lists.links import aid_file_rows_link, place_link
from dashboard.lists.model import Listing
from data.facts.aid_files import LEVER_FILE_COUNT
from data.facts.findings import LISTED_VERDICTS, finding_count
from data.filters import AID_FILTERS
from data.i18n import NARROW
from data.queries.aid_lists import broken_rules_of_files, proposed_files, voted_files
from data.selection import FilterOptions, Selection
from data.units import WHOLE_EUROS

_SOURCES = ("aids", "aids-scdl", "aid-steps", "schemes")
_FILE_COLUMNS = (
    TableColumn("reference", "Référence"),
    TableColumn("beneficiary", "Bénéficiaire"),
    TableColumn("scheme", "Dispositif"),
    TableColumn("commune", "Commune"),
)
_SEARCH = ("reference", "beneficiary", "commune")
_FILE_NOUN = ("dossier", "dossiers")


def message_without_proposal(selection: Selection, options: FilterOptions) -> str:
    return f"Aucun dossier n’attend son vote {territory_text(selection, options)}"


def message_without_file_to_check(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucun dossier voté {where} {when} n’enfreint une règle de son dispositif"


def message_without_vote(selection: Selection, options: FilterOptions) -> str:
    return f"Aucun dossier voté au titre des leviers {territory_text(selection, options)} {period_text(selection)}"


PROPOSALS = Listing(
    slug="propositions",
    path="/aides",
    title="Propositions d’aide en attente de leur vote",
    rows=lambda selection, options: proposed_files(selection, options.today),
    columns=(
        *_FILE_COLUMNS,
        TableColumn("place", "Tiers-lieu"),
        TableColumn("day", "Proposé le", "day"),
        TableColumn("meeting", "Séance", "day"),
        TableColumn("amount", "Montant proposé", "value", WHOLE_EUROS),
    ),
    links={"place": place_link("place_code")},
    order="meeting",
    card_head=("beneficiary", "amount"),
    key=("reference",),
    empty_message=message_without_proposal,
    sources=(*_SOURCES, "sessions"),
    filters=AID_FILTERS,
    optional=("sessions",),
    search=_SEARCH,
    noun=("proposition d’aide", "propositions d’aide"),
    note=(
        f"Jamais comptées parmi les aides votées. Dossiers proposés à la date «{NARROW}arrêté au{NARROW}» ou avant et "
        f"qui attendent encore leur vote aujourd’hui{NARROW}; la séance est celle du vote déjà daté, sinon la "
        "prochaine du calendrier qui vote des aides."
    ),
)

FILES_TO_CHECK = Listing(
    slug="dossiers-a-verifier",
    path="/aides",
    title="Dossiers à vérifier",
    rows=lambda selection, _options: broken_rules_of_files(selection),
    columns=(
        *_FILE_COLUMNS,
        TableColumn("day", "Voté le", "day"),
        TableColumn("rule", "Règle"),
        TableColumn("why", "Motif"),
        TableColumn("verdict", "Verdict"),
    ),
    order="-day",
    card_head=("why", "verdict"),
    key=("aid_id", "rule"),
    measure=finding_count(*LISTED_VERDICTS),
    links={"reference": aid_file_rows_link("reference")},
    empty_message=message_without_file_to_check,
    sources=(*_SOURCES, "activities", "labels"),
    filters=AID_FILTERS,
    optional=("activities", "labels"),
    search=(*_SEARCH, "why"),
    noun=("motif", "motifs"),
    per_page=10,
    note=(
        f"Une ligne par règle enfreinte. À vérifier ne veut pas dire irrégulier{NARROW}: une donnée peut manquer ou "
        "être fausse. Une dérogation enregistrée est dite et n’est pas comptée. Jugé sur ce que l’on sait aujourd’hui."
    ),
)

VOTED_FILES = Listing(
    slug="dossiers",
    path="/aides",
    title="Dossiers votés au titre des leviers",
    rows=lambda selection, _options: voted_files(selection),
    columns=(
        *_FILE_COLUMNS,
        TableColumn("day", "Voté le", "day"),
        TableColumn("voted", "Voté", "value", WHOLE_EUROS),
        TableColumn("committed", "Engagé", "value", WHOLE_EUROS),
        TableColumn("ordered", "Mandaté", "value", WHOLE_EUROS),
        TableColumn("paid", "Payé", "value", WHOLE_EUROS),
        TableColumn("verdict", "Verdict"),
        TableColumn("why", "Motif"),
    ),
    order="-day",
    card_head=("beneficiary", "voted", "verdict"),
    key=("aid_id",),
    measure=LEVER_FILE_COUNT,
    links={"reference": aid_file_rows_link("reference")},
    empty_message=message_without_vote,
    sources=(*_SOURCES, "activities", "labels"),
    filters=AID_FILTERS,
    optional=("activities", "labels"),
    search=_SEARCH,
    noun=_FILE_NOUN,
    other_files=tuple((grant_file.label, grant_file.path) for grant_file in GRANT_FILES),
    per_page=10,
    note=(
        f"Verdicts{NARROW}: conforme, à vérifier, non vérifiable (le fichier qui trancherait manque), dérogation. "
        "Montants connus à ce jour. Donnée de gestion, ne vaut pas compte administratif."
    ),
)

LISTS: tuple[Listing, ...] = (PROPOSALS, FILES_TO_CHECK, VOTED_FILES)
