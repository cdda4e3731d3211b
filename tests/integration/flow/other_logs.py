"""Small logs of the kinds that complete the bilans: three rows each, the canary wherever a name may stand."""

YOUTH = "jeune_nom;jeune_prenom;jeune_naissance;jeune_ref"


def other_logs(canary: str) -> dict[str, list[str]]:
    """The lines of one small file per log, by its place in the inbox."""
    ana, ben, cam = f"{canary};Ana;2003-01-01;", ";;;REF-B", f"{canary};Cam;2004-02-02;"
    staff = [f"{canary}{letter};Luc" for letter in "abc"]
    return {
        "SPAL/effectifs_2010-03-31.csv": [
            "no_affectation;employe_nom;employe_prenom;categorie;role;lien;temps;date_debut;date_fin;motif_fin;remplace",
            f"P-1;{staff[0]};policier;sergent-détective;dégagé;temps plein;2008-09-01;2009-08-31;départ;",
            f"P-2;{staff[1]};policier;sergent-détective;dégagé;temps plein;2009-09-01;;;P-1",
            f"P-3;{staff[2]};analyste;analyste stratégique;dégagé;temps partiel;2008-09-01;;;",
        ],
        "KEKPART/sans_p_ni_e_2010-03-31.csv": [
            "no_activite;activite;date_activite;date_fin;no_ecole;no_classe;niveau;jeunes_rejoints;avec",
            "A-1;visite de classe;2010-02-01;;ECO-1;CL-1;secondaire 2;28;",
            "A-2;résidence;2010-02-08;2010-02-19;ECO-1;;;120;",
            "A-3;présentation conjointe;2010-02-22;;ECO-1;;;15;SPAL",
        ],
        "COORD/sous_comite_2018-03-31.csv": [
            "no_fiche;no_reunion;date_reunion;objet;organisation;membre_nom;membre_prenom;axe;cible;"
            "date_realisation;description",
            f"F-1;SC-1;2018-02-01;présence;SPAL;{staff[0]};;;;",
            f"F-2;SC-1;2018-02-01;préoccupation;CSMV;;;secondaire;victime;;{canary}",
            f"F-3;SC-1;2018-02-01;action concertée;CAVAC;;;secondaire;victime;2018-03-01;{canary}",
        ],
        "SPAL/depistages_2018-03-31.csv": [
            f"no_depistage;date_depistage;{YOUTH};sexe;axe;cible;source;gang;date_changement;nouvel_axe",
            f"D-1;2018-01-10;{ana};F;secondaire;victime;police;non;2018-03-01;tertiaire",
            f"D-2;2018-01-11;{ben};F;primaire;victime;école;inconnu;;",
            f"D-3;2018-01-12;{cam};M;tertiaire;proxénète;police;oui;;",
        ],
        "CISSS-ME/trajectoires_2018-03-31.csv": [
            f"no_demande;date_demande;{YOUTH};service;fournisseur;axe;cible;decision;date_decision;raison_refus;"
            "transfere_a;date_debut;date_fin;meneur",
            f"T-1;2018-01-15;{ana};protection;CISSS-ME;tertiaire;victime;acceptée;2018-01-20;;;2018-02-01;2018-03-01;oui",
            f"T-2;2018-01-16;{ben};scolaire;CSMV;;;critères non satisfaits;2018-01-30;hors territoire;;;;",
            f"T-3;2018-01-17;{cam};toxicomanie;KEKPART;;;transférée;2018-02-02;;CISSS-MC;;;",
        ],
        "SPAL/reseaux_sociaux_2018-03-31.csv": [
            f"no_demande;date_demande;demandeur;{YOUTH};compte;moyen;date_analyse;date_signalement;"
            "date_transmission;transmise_a;date_suivi;doublon_de",
            f"W-1;2018-01-20;SPAL;{ana};@ANA;autre;2018-01-22;2018-01-22;2018-01-23;CISSS-ME;2018-01-30;",
            f"W-2;2018-01-25;CSMV;{ana};@ANA;profil personnel;;;;;;W-1",
            "W-3;2018-02-20;CAVAC;;;;;@AUTRE;autre;;;;;;",
        ],
        "KEKPART/hebergements_2018-03-31.csv": [
            f"no_demande;date_demande;{YOUTH};urgence;ressource;decision;date_decision;raison_refus;lieu;date_debut;date_fin",
            f"H-1;2018-01-12;{ana};oui;KEKPART;offerte;2018-01-13;;sur le territoire;2018-01-14;2018-02-14",
            f"H-2;2018-01-13;{ben};non;KEKPART;refusée;2018-01-14;manque de place;;;",
            f"H-3;2018-01-14;{cam};non;CISSS-ME;en attente;;;;;",
        ],
        "COORD/financements_2018-03-31.csv": [
            "no_subvention;date_octroi;bailleur;volet;montant;periode_debut;periode_fin;date_cessation;programme",
            "G-1;2016-09-01;ministère de la Sécurité publique;coordination;1500,5;2016-10-01;2017-09-30;;Pj",
            "G-2;2017-09-01;CRÉ de Longueuil;activités;90000;2017-10-01;2018-09-30;2018-02-28;",
            "G-3;2018-01-01;PAFARC;activités;12000;2018-01-01;2018-12-31;;",
        ],
        "COORD/concertation_2018-03-31.csv": [
            "no_fiche;objet;organisation;personne_nom;personne_prenom;chef_de_file;date_debut;date_fin",
            "K-1;partenaire;VILLE;;;oui;2016-05-01;",
            f"K-2;délégué;VILLE;{staff[0]};;2016-10-01;2017-10-01",
            f"K-3;poste de coordination;VILLE;{staff[1]};;2016-11-01;",
            "K-4;rencontre de la table;CSMV;;;;2017-02-01;",
        ],
        "COORD/rayonnement_2018-03-31.csv": [
            "no_activite;date_activite;activite;titre;personnes_rejointes",
            f"R-1;2018-02-01;prix;{canary};",
            f"R-2;2018-02-02;présentation;{canary};45",
            f"R-3;2018-02-03;conférence de presse;{canary};12",
        ],
        "SPAL/operations_2010-03-31.csv": [
            "no_operation;date_operation;conduite",
            "O-1;2010-01-10;SPAL seul",
            "O-2;2010-02-10;avec l'ERM",
            "O-3;2010-03-10;SPAL seul",
        ],
    }
