"""The policy itself: schemes, partners, targets."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source

SCHEMES = Source(
    name="schemes",
    label="règlement des dispositifs",
    table="scheme_version",
    key=("code",),
    columns=(
        Column("code", "dispositif", "identifier", required=True, help="Code stable", example="emergence"),
        Column("label", "libelle", required=True, synonyms=("libellé du dispositif",), example="Émergence"),
        Column(
            "family",
            "famille",
            "choice",
            choices=(Choice("lever", "levier"), Choice("complementary", "complémentaire")),
            default="levier",
        ),
        Column("funder", "financeur", "funder", default="200053403", help="SIREN, ou nom d’un financeur sans SIREN"),
        Column("rate_max", "taux_max", "share"),
        Column("cap", "plafond", "amount"),
        Column(
            "cap_base",
            "base_plafond",
            "choice",
            choices=(Choice("aid", "aide"), Choice("expense", "dépense", ("depenses",))),
        ),
        Column("prior_meeting", "rencontre_aract", "yes_no"),
        Column(
            "label_required",
            "exige_label",
            "choice",
            choices=(Choice("no", "non"), Choice("in_process", "en cours", ("en cours de labellisation",))),
        ),
        Column("starts", "debut", "day"),
        Column("ends", "fin", "day"),
        Column("origin", "source", required=True, example="délibération AP 25-06-10"),
    ),
    signature=("code", "label", "origin"),
    help="Un dispositif par ligne\u202f: ses règles sont des données, jamais du code.",
)

PARTNERS = Source(
    name="partners",
    label="liste des partenaires",
    agreement="e",
    table="partner_version",
    key=("code",),
    columns=(
        Column("code", "partenaire", "identifier", required=True, example="aract"),
        Column("label", "libelle", required=True, example="Aract Normandie"),
        Column(
            "status",
            "statut",
            "choice",
            choices=(Choice("contracted", "contractualisé", ("conventionné",)), Choice("approached", "approché")),
        ),
        Column("since", "depuis", "day"),
        Column("origin", "source"),
    ),
    signature=("code", "label"),
    help="Un partenaire par ligne, avec son statut et sa date.",
)

TARGETS = Source(
    name="targets",
    label="objectifs votés",
    agreement="s",
    table="target",
    key=("indicator", "territory", "partner", "scheme", "due"),
    columns=(
        Column("indicator", "indicateur", required=True, help="Nom d’un indicateur", example="lieux-labellises"),
        Column("territory", "territoire", "territory", help="Vide\u202f: toute la Région"),
        Column("partner", "partenaire", "partner"),
        Column("scheme", "dispositif", "scheme"),
        Column("due", "echeance", "day", required=True),
        Column("value", "valeur", "number", required=True),
        Column("baseline_day", "date_reference", "day"),
        Column("baseline_value", "valeur_reference", "number"),
        Column("origin", "source", required=True, example="délibération AP 25-06-10"),
    ),
    signature=("indicator", "due", "value"),
    help="Un objectif par ligne. Seul un objectif voté est un objectif.",
)

ENVELOPES = Source(
    name="envelopes",
    label="enveloppes votées",
    agreement="es",
    table="envelope",
    key=("scheme", "fiscal_year", "credit"),
    columns=(
        Column("scheme", "dispositif", "scheme", required=True),
        Column("fiscal_year", "exercice", "year", required=True, synonyms=("année",)),
        Column(
            "credit",
            "type_credit",
            "choice",
            required=True,
            choices=(
                Choice("AE", "AE", ("autorisation d’engagement",)),
                Choice("AP", "AP", ("autorisation de programme",)),
                Choice("CP", "CP", ("crédit de paiement", "crédits de paiement")),
            ),
            synonyms=("type de crédit",),
        ),
        Column(
            "section",
            "section",
            "choice",
            choices=(Choice("operating", "fonctionnement"), Choice("investment", "investissement")),
        ),
        Column("amount", "montant", "amount", required=True, synonyms=("montant de l’enveloppe",)),
        Column("origin", "source"),
    ),
    amount="amount",
    signature=("scheme", "fiscal_year", "credit", "amount"),
    help="Une enveloppe par ligne. AE, AP et CP ne s’additionnent jamais.",
)

SESSIONS = Source(
    name="sessions",
    is_scheduled=True,
    label="calendrier des séances",
    table="session",
    key=("day", "label"),
    columns=(
        Column("day", "date", "day", required=True, synonyms=("date de la séance",)),
        Column(
            "label",
            "libelle",
            required=True,
            synonyms=("libellé", "séance", "intitulé de la séance"),
            example="Commission permanente",
        ),
        Column(
            "decides",
            "decide",
            "choice",
            choices=(
                Choice("labels", "labels", ("label",)),
                Choice("aids", "aides", ("aide",)),
                Choice("both", "labels et aides", ("aides et labels",)),
            ),
            synonyms=("décide",),
            help="Vide\u202f: les labels si le libellé parle de label ou de labellisation, sinon les aides",
        ),
    ),
    dated="day",
    signature=("day", "label"),
    help="Une séance par ligne : commission permanente ou comité de labellisation.",
)
