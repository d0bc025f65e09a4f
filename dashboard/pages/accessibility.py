"""The accessibility statement required by law; « non conforme » until an audit."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.prose import Section, bullet_list, safe_link, text_page, to_be_completed
from dashboard.elements import tags
from dashboard.requests.page_request import PageRequest

PATH = "/accessibilite"
TITLE = "Déclaration d’accessibilité"
LEAD = "Établie selon le RGAA 4.1.2. Tant qu’aucun audit n’a eu lieu, l’état déclaré est «\u202fnon conforme\u202f»."


def sections(_page_request: PageRequest) -> Sequence[Section]:
    """The sections of the RGAA model, with what was tested and what was not."""
    return (
        _commitment(),
        _conformity(),
        _tests(),
        _limits(),
        _shortcut(),
        _establishment(),
        _contact(),
        _legal_remedies(),
    )


def _commitment() -> Section:
    return Section(
        "Engagement",
        (
            "La Région qui met ce tableau de bord en service s’engage à le rendre accessible, conformément à "
            "l’article 47 de la loi n°\u202f2005-102 du 11 février 2005. La présente déclaration s’applique au "
            "tableau de bord «\u202fTiers-Lieux Normandie\u202f», à toutes ses pages et à ses exports, et à la "
            "carte des tiers-lieux qu’un autre site peut montrer\u202f; non à la page de cet autre site.",
            to_be_completed("Schéma pluriannuel de mise en accessibilité et plan d’actions de l’année"),
        ),
    )


def _conformity() -> Section:
    """The state, without a rate as long as there is no audit."""
    return Section(
        "État de conformité",
        (
            tags.P(
                [
                    "Ce tableau de bord est ",
                    tags.Strong("non conforme"),
                    " au référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1.2\u202f: aucun "
                    "audit de conformité n’a encore été réalisé. Aucun taux de conformité n’est donc annoncé.",
                ]
            ),
        ),
    )


def _tests() -> Section:
    """The tests of each version, and what was not tested."""
    return Section(
        "Ce qui a été vérifié, et comment",
        (
            "Ces vérifications accompagnent chaque version\u202f; elles ne remplacent pas un audit. Un outil "
            "automatique ne voit qu’une partie des défauts\u202f: zéro signalement est un minimum, pas une "
            "preuve.",
            bullet_list(
                "Règles automatiques (axe-core\u202f: WCAG 2.0, 2.1 et 2.2 niveaux A et AA, règles RGAA 4, bonnes "
                "pratiques) sur les pages, sur grand écran et sur téléphone\u202f: aucun signalement admis.",
                "Clavier\u202f: chaque commande est atteinte une fois, dans l’ordre, avec un repère "
                "visible\u202f; chaque filtre s’utilise sans souris.",
                "Graphiques\u202f: chacun porte une phrase de résultat, une description et un tableau des mêmes "
                "nombres\u202f; l’égalité du graphique et du tableau est vérifiée.",
                "Contrastes des textes et des couleurs calculés\u202f: 4,5 pour 1 au moins\u202f; aucune "
                "information par la couleur seule.",
                "Langue, titres de page, structure des titres, annonces des changements de filtres, "
                "agrandissement, impression.",
            ),
            "N’ont pas été faits\u202f: l’examen des 106 critères du RGAA, les essais avec des lecteurs d’écran "
            "(NVDA, JAWS, VoiceOver) et les essais avec des personnes handicapées.",
        ),
    )


def _limits() -> Section:
    return Section(
        "Limites connues",
        (
            bullet_list(
                "Les graphiques et les cartes sont des dessins interactifs\u202f: leurs infobulles ne s’ouvrent "
                "qu’à la souris. Le tableau «\u202fVoir les données\u202f» donne les mêmes nombres.",
                "L’image PNG d’un graphique s’exporte sans description\u202f: il faut reprendre la phrase qui "
                "l’accompagne.",
                "Les tableaux larges défilent dans leur cadre sur un petit écran.",
                "Sans JavaScript, les graphiques sont des images, les filtres se valident par un bouton et les "
                "rapports ne se composent pas.",
                "Les fichiers exportés vers la bureautique n’ont pas été examinés.",
            ),
            "Aucune dérogation pour charge disproportionnée n’est invoquée.",
        ),
    )


def _shortcut() -> Section:
    """The only shortcut of one key, which the RGAA (12.10) asks to be able to switch off (assets/search.js)."""
    return Section(
        "Raccourci clavier",
        (
            "La touche «\u202f/\u202f» mène à la recherche, sauf pendant la saisie d’un texte. C’est le seul raccourci "
            "d’une touche. Qui dicte ses commandes peut y renoncer, sur cet appareil\u202f:",
            tags.P(
                [
                    tags.Button("Ne plus utiliser cette touche", type="button", className="button shortcut-off"),
                    tags.Button("Utiliser cette touche", type="button", className="button shortcut-on"),
                ]
            ),
        ),
    )


def _establishment() -> Section:
    return Section(
        "Établissement de cette déclaration",
        (
            "Déclaration établie le 22 novembre 2026 par l’équipe qui développe le tableau de bord, d’après les "
            "vérifications ci-dessus.",
            "Technologies\u202f: HTML, CSS, JavaScript, SVG, WAI-ARIA. Navigateur des vérifications\u202f: Chromium.",
        ),
    )


def _contact() -> Section:
    return Section(
        "Retour d’information et contact",
        (
            "Si un contenu ou un service ne vous est pas accessible, la Région vous doit une réponse et une autre "
            "façon d’obtenir l’information.",
            to_be_completed("Personne ou service à contacter, adresse et formulaire"),
        ),
    )


def _legal_remedies() -> Section:
    """National contacts for a request without answer."""
    return Section(
        "Voies de recours",
        (
            "Vous avez signalé un défaut qui vous empêche d’accéder à un contenu, et vous n’avez pas obtenu de "
            "réponse satisfaisante\u202f? Vous pouvez\u202f:",
            bullet_list(
                [
                    "écrire au ",
                    safe_link("Défenseur des droits par son formulaire", "https://formulaire.defenseurdesdroits.fr/"),
                    "\u202f;",
                ],
                [
                    "contacter son ",
                    safe_link("délégué dans votre département", "https://www.defenseurdesdroits.fr/saisir/delegues"),
                    "\u202f;",
                ],
                "lui écrire par courrier, gratuitement et sans timbre\u202f: Défenseur des droits, Libre réponse "
                "71120, 75342 Paris CEDEX 07.",
            ),
        ),
    )


ACCESSIBILITY = text_page(
    PATH,
    TITLE,
    LEAD,
    sections,
    guide=(
        "Cette page dit ce qui est accessible, et ce qui ne l’est pas encore.",
        "Elle dit comment signaler un défaut d’accessibilité.",
        "Elle donne les voies de recours.",
    ),
)
