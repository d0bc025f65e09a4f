"""Aid files: the Région's own list."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source
from data.sources.places import HOLDER_TYPES

REGION_SIREN = "200053403"
REGION_SIRET = "20005340300016"  # of its seat, Abbaye-aux-Dames in Caen: data/reference/SOURCES.md

AIDS = Source(
    name="aids",
    is_continuous=True,
    is_full_list=True,
    label="délibérations",
    agreement="es",
    table="aid_version",
    holds_facts=True,
    key=("reference",),
    identifies="aid",
    columns=(
        Column(
            "reference",
            "reference",
            "identifier",
            required=True,
            synonyms=("référence du dossier", "n° dossier", "dossier"),
            example="2025-001",
        ),
        Column("scheme", "dispositif", "scheme", required=True),
        Column("place_id", "id_lieu", "place", synonyms=("id lieu", "code_lieu")),
        Column(
            "beneficiary",
            "beneficiaire",
            required=True,
            synonyms=("nom_beneficiaire", "nom du bénéficiaire"),
            example="Association La Filature",
        ),
        Column("siret", "siret_beneficiaire", "siret", synonyms=("siret", "n° siret")),
        Column("holder_type", "type_porteur", "choice", choices=HOLDER_TYPES),
        Column("project_commune", "code_insee_projet", "commune", synonyms=("code_insee", "commune du projet")),
        Column("purpose", "objet", synonyms=("objet de la subvention",), example="Étude de faisabilité"),
        Column("expense_nature", "nature_depense", synonyms=("nature de la dépense",), example="étude"),
        Column("requested", "date_demande", "day", example="01/09/2025"),
        Column("requested_amount", "montant_demande", "amount"),
        Column("eligible_amount", "depenses_eligibles", "amount", synonyms=("dépenses éligibles",), example="20000,00"),
        Column("total_cost", "cout_total", "amount", synonyms=("coût total",), example="40000,00"),
        Column("public_cofunding", "cofinancements_publics", "amount", example="5000,00"),
        Column(
            "vote", "date_vote", "day", required=True, synonyms=("date du vote", "date de vote", "date de délibération")
        ),
        Column(
            "decision_reference",
            "reference_deliberation",
            "identifier",
            synonyms=("référence de la délibération",),
            example="CP 25-10-123",
        ),
        Column("voted_amount", "montant_vote", "amount", required=True, synonyms=("montant voté",)),
        Column("commitment", "date_engagement", "day"),
        Column("committed_amount", "montant_engage", "amount"),
        Column("first_payment_order", "date_premier_mandat", "day"),
        Column("payment_ordered_amount", "montant_mandate", "amount"),
        Column("payment", "date_paiement", "day"),
        Column("paid_amount", "montant_paye", "amount"),
        Column("fiscal_year", "exercice", "year"),
        Column("lapses", "date_caducite", "day"),
        Column("justified_amount", "depenses_justifiees", "amount"),
        Column("derogation", "derogation", synonyms=("dérogation",)),
        Column("funder", "financeur", "funder", default=REGION_SIREN),
    ),
    amount="voted_amount",
    dated="vote",
    signature=("reference", "scheme", "vote", "voted_amount"),
    help="Un dossier d’aide par ligne, avec ses montants voté, engagé, mandaté et payé.",
)

AID_STEP_KINDS = (
    Choice("proposal", "proposition", ("proposé",)),
    Choice("vote", "vote", ("voté",)),
    Choice("amendment", "avenant", ()),
    Choice("commitment", "engagement", ("engagé",)),
    Choice("cancellation", "annulation", ("annulé", "désengagement")),
    Choice("advance", "avance", ()),
    Choice("instalment", "acompte", ()),
    Choice("balance", "solde", ()),
    Choice("recovery", "titre", ("titre de recette", "titre de recettes", "reversement")),
    Choice("payment", "paiement", ("payé",)),
)
PAYMENT_ORDERS = ("payment_order", "advance", "instalment", "balance")  # the first: the total that `aids` gives

AID_STEPS = Source(
    name="aid-steps",
    label="suivi financier des dossiers",
    supplements="aids",
    table="aid_step",
    key=("reference", "step", "day", "number"),
    columns=(
        Column("reference", "reference", "aid", required=True, synonyms=("référence du dossier", "n° dossier")),
        Column(
            "step",
            "etape",
            "choice",
            required=True,
            choices=AID_STEP_KINDS,
            synonyms=("étape financière",),
            example="engagement",
        ),
        Column("day", "date", "day", required=True, synonyms=("date de l’étape", "date_etape")),
        Column("amount", "montant", "amount", required=True, signed=True, synonyms=("montant de l’étape",)),
        Column("fiscal_year", "exercice", "year"),
        Column("number", "numero", "whole", default="0", example="1", synonyms=("numéro", "n°")),
    ),
    amount="amount",
    dated="day",
    signature=("reference", "step", "day", "amount"),
    help="Une étape par ligne, à sa date. Elle remplace, pour ce dossier, la même étape de la liste des dossiers.",
)
