"""Reports to start from, one declaration each."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.reports.draft import Block, Draft


@dataclass(frozen=True)
class ReportModel:
    """A report to start from: its blocks, filled with the filters of the moment. `for_territory`: its first block is
    the sheet of the territory chosen, or of the Région.
    """

    slug: str
    title: str
    description: str
    blocks: tuple[Block, ...]
    for_territory: bool = False

    def draft(self, query: str, territory: str) -> Draft:
        """The report with its filters. `territory`: the code of a territory that has a sheet."""
        sheet = (Block("fiche", territory),) if self.for_territory else ()
        return Draft(self.title, (*sheet, *self.blocks)).with_query(query)


MODELS: tuple[ReportModel, ...] = (
    ReportModel(
        "commission-permanente",
        "Tiers-lieux\u202f: dossiers et aides, pour la commission permanente",
        "Ce qui est prêt, ce qui est voté, ce qui reste à verser.",
        (
            Block("titre", "Où en est la politique"),
            Block("indicateur", "lieux-labellises"),
            Block("indicateur", "aides-votees"),
            Block("indicateur", "visites"),
            Block("graphique", "trajectoire"),
            Block("titre", "Les aides"),
            Block("graphique", "aides-par-dispositif"),
            Block("graphique", "enveloppes"),
            Block("titre", "Les dossiers"),
            Block("liste", "propositions"),
            Block("liste", "dossiers-a-verifier"),
        ),
    ),
    ReportModel(
        "fiche-territoire",
        "Les tiers-lieux du territoire",
        "La fiche du territoire choisi, puis ses lieux et ses aides.",
        (
            Block("titre", "Ses aides"),
            Block("graphique", "aides-par-dispositif"),
            Block("liste", "dossiers"),
            Block("titre", "Sa fréquentation"),
            Block("graphique", "visites-par-mois"),
        ),
        for_territory=True,
    ),
    ReportModel(
        "bilan-annuel",
        "Tiers-Lieux Normandie\u202f: bilan annuel",
        "Label, aides, partenaires et fréquentation sur la période choisie.",
        (
            Block("titre", "Le label"),
            Block("indicateur", "lieux-labellises"),
            Block("indicateur", "population-15km"),
            Block("graphique", "trajectoire"),
            Block("titre", "Les aides"),
            Block("indicateur", "aides-votees"),
            Block("graphique", "aides-par-dispositif"),
            Block("graphique", "cascade-aides"),
            Block("titre", "Les partenaires"),
            Block("indicateur", "actions-partenaires"),
            Block("graphique", "matrice-partenaires"),
            Block("titre", "La fréquentation"),
            Block("indicateur", "visites"),
            Block("indicateur", "taux-reponse"),
            Block("graphique", "visites-par-mois"),
            Block("graphique", "lieux-comparables"),
            Block("titre", "Les territoires"),
            Block("graphique", "carte"),
            Block("graphique", "label-par-departement"),
        ),
    ),
)


def model_named(slug: str) -> ReportModel | None:
    """The model of that slug, if any."""
    return next((model for model in MODELS if model.slug == slug), None)
