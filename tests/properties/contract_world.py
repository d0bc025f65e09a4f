"""A small Région written by hand: every case that the contract names, in files that fit on a page.

P1 renewed; P2 withdrawn, then labelled again; P3 refused on the day of a second application; P4 closed; P5 awarded and
withdrawn the same day; P6 abandoned, then back; P7 expired during a new examination; P8 in an intercommunalité astride
two départements; Q1 to Q5 have visits only.
"""

from __future__ import annotations

from pathlib import Path

FILES = {
    "places": """
id_lieu;nom;code_insee;porteur;type_porteur;typologie;date_fermeture;postes;debit_mbps;salle_reunion
P1;Lieu un;14118;Porteur un;public;coworking|fablab;;10;30;oui
P2;Lieu deux;14118;Porteur deux;privé;coworking;;20;100;non
P3;Lieu trois;50502;Porteur III;associatif;fablab;;;;
P4;Lieu quatre;61001;Porteur quatre;public;;30/06/2021;5;29;
P5;Lieu cinq;14333;Porteur cinq;associatif;;;;;
P6;Lieu six;76540;Porteur six;public;;;;;
P7;Lieu sept;50129;Porteur sept;privé;;;;;oui
P8;Lieu huit;27065;Porteur huit;associatif;;;;;
Q1;Autre un;76540;Porteur Q;public;;;;;
Q2;Autre deux;76540;Porteur Q;associatif;;;;;
Q3;Autre trois;76540;Porteur Q;associatif;;;;;
Q4;Autre quatre;76540;Porteur Q;associatif;;;;;
Q5;Autre cinq;76540;Porteur Q;associatif;;;;;
""",
    "labels": """
id_lieu;etape;date;sens
P1;candidature;10/01/2018;
P1;dossier complet;10/02/2018;
P1;labellisé;31/03/2018;
P1;candidature;05/01/2021;
P1;renouvelé;31/03/2021;
P2;labellisé;15/06/2019;
P2;retiré;15/06/2020;
P2;candidature;01/09/2020;
P2;labellisé;01/02/2021;
P2;refusé;01/05/2021;
P3;candidature;01/01/2019;
P3;avis Aract;01/02/2019;favorable
P3;refusé;01/03/2019;
P3;candidature;01/03/2019;
P4;candidature;01/06/2018;
P4;labellisé;01/01/2019;
P5;candidature;01/01/2020;
P5;retiré;05/05/2020;
P5;labellisé;05/05/2020;
P6;candidature;02/02/2020;
P6;abandonné;03/03/2020;
P6;candidature;10/10/2020;
P7;labellisé;05/05/2018;
P7;candidature;01/04/2021;
P7;expiré;05/05/2021;
P8;labellisé;02/02/2019;
P8;expiré;01/12/2019;
""",
    "aids": """
reference;dispositif;id_lieu;beneficiaire;type_porteur;code_insee_projet;date_demande;depenses_eligibles;cout_total\
;cofinancements_publics;date_vote;montant_vote;date_engagement;montant_engage;date_premier_mandat;montant_mandate\
;date_paiement;montant_paye;exercice;financeur
A1;emergence;P1;Porteur un;privé;61001;15/01/2020;20000;30000\
;5000;01/03/2020;8000;01/04/2020;8000;01/06/2020;3000;15/06/2020;3000;;
A2;services-numeriques;P2;Porteur deux;;;;25000;;;31/12/2020;10000;;10000;;;;;;
A3;emergence;;Pôrteur TROIS;public;;;;10000;;01/01/2021;5000;;;;;;;;
A4;emergence;P6;Porteur six;;;;8000;;;15/01/2027;4000;;;;;;;;
A5;feder;P1;Porteur un;;;;100000;;;05/05/2020;50000;;;;;;;;
A6;emergence;P3;Porteur III;;;;14000;;;07/07/2020;7000;;;;;;;;130013543
A7;services-numeriques;P4;Porteur quatre;;;;14000;20000\
;1000;05/05/2019;6000;01/06/2019;6000;01/07/2019;6000;01/08/2019;6000;2019;
""",
    "aid-steps": """
reference;etape;date;montant
A7;vote;05/05/2019;6000
A7;avenant;02/02/2020;1000
A7;engagement;10/06/2019;7000
A7;annulation;03/03/2021;500
A7;avance;09/09/2019;2000
A7;acompte;09/09/2020;2500
A7;solde;09/09/2021;1500
A7;titre;10/10/2021;300
A7;paiement;30/09/2019;2000
A7;paiement;30/09/2020;2500
""",
    "envelopes": """
dispositif;exercice;type_credit;montant
emergence;2020;AE;10000
emergence;2021;AE;10000
services-numeriques;2020;AP;20000
services-numeriques;2020;CP;5000
""",
    "targets": """
indicateur;territoire;echeance;valeur;date_reference;valeur_reference;source
lieux-labellises;61;31/12/2021;4;01/01/2018;0;délibération du test
""",
    "conventions": """
partenaire;debut;fin;objet;territoires
aract;01/01/2018;31/12/2020;Animation;
aract;01/06/2020;30/06/2022;Animation;14|61
aten;01/06/2019;31/12/2019;Ateliers;14|200066827
aten;01/01/2020;;Ateliers;61
aten;01/06/2020;30/06/2021;Formation;50
tes;01/01/2022;31/12/2022;Recherche;
""",
    "activities": """
id_action;partenaire;type;date;id_lieu;code_insee;participants;porteur
R1;aract;rencontre préalable;01/12/2019;P1;;2;
R2;Aract Normandie;rencontre préalable;10/01/2020;;14333;;porteur trois
R3;aract;rencontre préalable;01/06/2020;P7;;3;
R4;aten;atelier;02/02/2020;P2;;10;
R5;aten;atelier;03/02/2020;;76540;0;
R6;aract;avis label;11/11/2021;P1;;;
R7;aract;accompagnement;05/05/2021;;;5;
R8;tes;séminaire;03/03/2020;P2;50502;4;
""",
    "activities-openagenda": """
uid;title;begin;location_name;city;postal_code
1;Portes ouvertes;2021-12-24;LIEU UN;Caen;14000
2;Marché de Noël;2021-12-25;Place de la mairie;Caen;14000
3;Concert;2021-11-02;Lieu sept;Cherbourg-en-Cotentin;50100
""",
    "attendance": """
id_lieu;debut;fin;unite;public;valeur;jours_ouverts
P1;01/01/2020;31/01/2020;visites;;100;20
P1;01/01/2020;31/01/2020;visites;étudiants;40;
P1;01/02/2020;29/02/2020;visites;;0;0
P2;01/01/2020;31/01/2020;visites;;50;
P2;01/01/2020;31/01/2020;journées;;12;
P3;01/01/2020;31/01/2020;visites;;30;
P4;15/01/2020;15/02/2020;visites;;20;
P7;01/01/2020;31/01/2020;visites;étudiants;7;
P7;01/03/2020;31/03/2020;visites;;10;
"""
    + "".join(
        f"Q{n};01/06/2022;30/06/2022;visites;;100;\nQ{n};01/06/2023;30/06/2023;visites;;110;\n" for n in range(1, 6)
    )
    + "Q1;01/07/2023;31/07/2023;visites;;900;\n",
    "standards": """
critere;libelle;colonne;seuil;obligatoire;depuis
debit;Débit;debit_mbps;30;oui;01/01/2019
salle;Salle de réunion;salle_reunion;;oui;
accueil;Accueil;déclaré;;oui;01/06/2020
the;Thé offert;déclaré;;non;
""",
    "standard-declarations": """
id_lieu;critere;date;constat
P1;accueil;01/06/2020;respecté
P1;accueil;31/03/2021;manquant
P2;salle;01/01/2018;respecté
P4;salle;01/02/2020;respecté
P4;the;01/02/2019;manquant
P7;debit;01/03/2019;manquant
P7;debit;01/03/2020;respecté
P7;accueil;02/06/2020;respecté
""",
    "network-meetings": """
reference;date;libelle;lieux_presents;participants
M1;15/06/2019;Collectif un;P1|P2|P4;4
M2;14/06/2020;Collectif deux;P1|P3;3
M3;01/12/2021;Collectif trois;;5
M4;31/12/2021;Collectif quatre;P2;1
""",
    "needs": """
reference;date;id_lieu;theme;besoin;etat;date_reponse
B1;15/06/2019;P1;financement;Un besoin;répondu;25/06/2019
B2;15/06/2019;P2;financement;Un besoin;répondu;14/06/2020
B3;14/06/2020;;juridique;Un besoin;exprimé;
B4;14/06/2020;P3;autre;Un besoin;sans suite;01/12/2021
B5;01/12/2021;P1;QVT;Un besoin;en cours;
""",
    "roadmap": """
reference;axe;action;echeance;etat;date_realisation
F1;Animer, réunir;Une action;31/12/2019;faite;01/03/2020
F2;animer, reunir;Une action;30/06/2020;faite;
F3;Connaître;Une action;30/06/2020;abandonnée;
F4;Connaître;Une action;31/12/2021;en cours;
F5;Connaître;Une action;;prévue;
""",
    "mediation-places": """
id,nom,commune,code_postal,code_insee,adresse
E1,EPN un,Caen,14000,14118,1 rue A
E2,EPN deux,Caen,14000,14118,2 rue B
E3,EPN trois,Beuzeville,27210,27065,3 rue C
E4,EPN quatre,Paris,75001,75056,4 rue D
""",
}


def write_files(folder: Path) -> list[Path]:
    """The files, each under the name of its source."""
    paths = []
    for name, text in FILES.items():
        path = folder / f"{name}.csv"
        path.write_text(text.lstrip(), encoding="utf-8")
        paths.append(path)
    return paths
