"""The page on personal data: purposes, contents, retention, rights."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.prose import Section, bullet_list, safe_link, text_page, to_be_completed
from dashboard.requests.page_request import PageRequest

PATH = "/donnees-personnelles"
TITLE = "Données personnelles"
LEAD = "Ce tableau de bord suit des lieux et des organismes. Il n’a besoin du nom de personne."


def sections(_page_request: PageRequest) -> Sequence[Section]:
    """Purposes, contents, retention, rights; what only the Région can state is left to be completed."""
    return (_purposes(), _contents(), _masked_data(), _retention(), _browser(), _rights())


def _purposes() -> Section:
    return Section(
        "Finalités et base légale",
        (
            "Suivre la politique régionale des tiers-lieux\u202f: la labellisation, les aides, les actions des "
            "partenaires, la fréquentation, les réunions et les besoins du réseau des gérants\u202f; rendre compte aux "
            "élus et préparer les séances.",
            "Base légale envisagée\u202f: l’exécution d’une mission d’intérêt public (article 6, paragraphe 1, "
            "point e du RGPD), à confirmer par le délégué à la protection des données de la Région.",
            to_be_completed("Responsable du traitement, délégué à la protection des données, inscription au registre"),
        ),
    )


def _contents() -> Section:
    return Section(
        "Ce que contient la base",
        (
            bullet_list(
                "Les tiers-lieux\u202f: nom, commune, porteur (un organisme), SIRET, équipements, étapes du label.",
                "Les dossiers d’aide\u202f: organisme bénéficiaire, objet, montants et dates.",
                "Les actions des partenaires\u202f: type, date, lieu, nombre de participations, jamais de "
                "participants\u202f; leurs conventions\u202f: organisme, dates, objet, territoires.",
                "Les relevés du standard de service\u202f: lieu, critère, date, constat et source, jamais la personne "
                "qui les a faits.",
                "La fréquentation\u202f: des nombres par lieu et par mois.",
                "Le réseau des gérants\u202f: les lieux présents à chaque réunion et le nombre de participants, les "
                "besoins que les lieux expriment, la feuille de route et l’organisme qui pilote chaque action\u202f; "
                "jamais le nom d’un gérant. Le texte d’un besoin est libre\u202f: le modèle du fichier demande de n’y "
                "écrire ni nom ni coordonnées.",
                "Rien des réponses, des choix et des notes du formulaire de qualité de vie au travail\u202f: ils "
                "restent dans l’adresse de la page.",
            ),
            "Les fichiers attendus n’ont pas de colonne pour le nom, l’adresse électronique ou le téléphone d’une "
            "personne. Une telle colonne, si un fichier en porte une, n’est pas chargée. Les adresses et les "
            "numéros trouvés dans les textes des fichiers sont effacés au chargement. Le pilote d’une action n’est "
            "gardé que s’il est la Région, le réseau, les lieux ou un partenaire connu.",
        ),
    )


def _masked_data() -> Section:
    return Section(
        "Ce qui est masqué",
        (
            bullet_list(
                "Un entrepreneur individuel est une personne\u202f: son nom est remplacé par «\u202fEntrepreneur "
                "individuel\u202f» à l’écran et dans les exports, et son SIRET n’y figure pas.",
                "La fréquentation d’un lieu privé relève du secret des affaires\u202f: elle n’est pas montrée lieu par "
                "lieu, et ne compte que dans des totaux d’au moins trois lieux privés. Un ou deux lieux qui se "
                "retrouveraient seuls dans une sélection, ou qu’une soustraction isolerait, sont laissés de "
                "côté\u202f: le chiffre dit «\u202fhors 1 lieu privé\u202f».",
                "«\u202fTrouver un tiers-lieu\u202f», sa carte et ses données ouvertes ne montrent que les colonnes "
                "déclarées publiques\u202f: ni le nom ni le SIRET d’un porteur n’en sont.",
                "La valeur d’une ligne à corriger est masquée quand elle peut désigner une personne ou donner le "
                "moyen de la joindre.",
            ),
        ),
    )


def _retention() -> Section:
    return Section(
        "Durées de conservation",
        (
            "La base garde l’historique de ce qu’on lui a dit\u202f: une valeur corrigée reste lisible, avec le "
            "chargement qui l’a remplacée, pour qu’un chiffre publié puisse être prouvé. Aucun effacement n’est "
            "automatique.",
            "Les réunions et les besoins du réseau suivent la même règle\u202f: ils disent des lieux, jamais des "
            "personnes.",
            to_be_completed("Durées de conservation, par catégorie de données"),
        ),
    )


def _browser() -> Section:
    return Section(
        "Cookies et mémoire du navigateur",
        (
            "Aucun cookie, aucune mesure d’audience, aucun contenu venu d’un autre site. Les filtres sont dans "
            "l’adresse de la page.",
            "Les réponses et les notes de «\u202fQualité de vie au travail\u202f» et le brouillon d’un rapport sont "
            "aussi dans l’adresse\u202f: l’historique de votre navigateur et le journal du serveur peuvent la garder. "
            "N’y écrivez ni nom ni donnée personnelle.",
            "Trois choses peuvent rester dans votre navigateur, si vous les avez demandées\u202f: votre choix "
            "«\u202fMon territoire\u202f», les couleurs de l’affichage choisies au bas de la page, et d’avoir renoncé "
            "à la touche «\u202f/\u202f». Deux autres s’y ajoutent\u202f: le numéro du dernier chargement que vous "
            "avez vu, et le fait que la visite guidée a été faite ou refusée. Tout cela reste sur votre "
            "appareil\u202f: ouvrir votre territoire ne demande au serveur que sa page, et «\u202fQuoi de neuf\u202f» "
            "ne lui donne que ce numéro. Vous pouvez l’effacer avec les données du site.",
            "Ce que vous écrivez dans la recherche va au serveur, qui propose des résultats et ne le garde pas\u202f; "
            "son journal peut garder l’adresse demandée. Le territoire que vous y choisissez n’est noté que sur votre "
            "appareil.",
            "«\u202fTrouver un tiers-lieu\u202f» lit la commune que vous donnez pour répondre, et ne la garde pas. "
            "Aucun autre site n’est interrogé\u202f: un itinéraire ne s’ouvre chez OpenStreetMap que si vous suivez "
            "son lien.",
        ),
    )


def _rights() -> Section:
    return Section(
        "Vos droits",
        (
            "Vous pouvez demander l’accès aux données qui vous concernent, leur rectification, leur effacement, "
            "la limitation de leur traitement, et vous y opposer.",
            to_be_completed("Adresse à laquelle exercer ces droits"),
            bullet_list(
                [
                    "Si la réponse ne vous convient pas, vous pouvez ",
                    safe_link("adresser une plainte à la CNIL", "https://www.cnil.fr/fr/plaintes"),
                    ".",
                ]
            ),
        ),
    )


PRIVACY = text_page(
    PATH,
    TITLE,
    LEAD,
    sections,
    guide=(
        "Cette page dit quelles données personnelles l’application traite, et pourquoi.",
        "Ce que cet appareil retient n’est envoyé à personne.",
        "Elle dit comment exercer vos droits.",
    ),
)
