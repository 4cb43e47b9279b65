// What a reader is told when a dossier, or one of its files, is refused: what happened, what to do.
"use strict";

const DEMANDER = "Signalez-le à l’organisme qui vous a envoyé le lien\u00a0: il peut publier le dossier à nouveau.";

const REFUS = {
  cle: {
    titre: "Cette clé n’ouvre pas ce dossier",
    constat: "La clé est incomplète, mal recopiée, ou celle d’un autre dossier. Rien n’a été ouvert.",
    remede: "Copiez le lien entier depuis le message d’origine, jusqu’à son dernier caractère, et collez-le ci-dessous.",
    statut: 403,
  },
  sans_cle: {
    titre: "La clé du dossier est nécessaire",
    constat: "Ce navigateur n’a pas, ou n’a plus, la clé de ce dossier.",
    remede: "Ouvrez à nouveau le lien reçu, ou collez-le dans la page d’entrée.",
    statut: 401,
  },
  expire: {
    titre: "Ce dossier n’est plus consultable",
    constat: "Son échéance est passée.",
    remede: "Si vous en avez encore besoin, demandez un nouveau lien à l’organisme.",
    statut: 410,
  },
  retire: {
    titre: "Ce dossier a été retiré",
    constat: "L’hébergeur n’a plus l’index du dossier\u00a0: l’organisme l’a sans doute retiré.",
    remede: "Demandez un nouveau lien à l’organisme.",
    statut: 410,
  },
  index: {
    titre: "L’index du dossier a été altéré",
    constat: "La clé est la bonne, mais l’index reçu n’est pas celui que l’organisme a publié. Rien n’est montré.",
    remede: DEMANDER,
    statut: 502,
  },
  manquant: {
    titre: "Un fichier du dossier manque",
    constat: "L’index annonce ce fichier, mais l’hébergeur ne l’a pas.",
    remede: DEMANDER,
    statut: 502,
  },
  tronque: {
    titre: "Un fichier du dossier est tronqué",
    constat: "Le fichier reçu est plus court que celui que l’organisme a publié. Il n’est pas montré.",
    remede: "Rechargez la page\u00a0: la connexion a pu être coupée. Si le message revient, signalez-le à l’organisme.",
    statut: 502,
  },
  echange: {
    titre: "Un fichier du dossier a été échangé avec un autre",
    constat: "À la place de ce fichier, l’hébergeur en envoie un autre du même dossier. Il n’est pas montré.",
    remede: DEMANDER,
    statut: 502,
  },
  altere: {
    titre: "Un fichier du dossier a été altéré",
    constat: "Le fichier reçu n’est pas celui que l’organisme a publié. Il n’est pas montré.",
    remede: DEMANDER,
    statut: 502,
  },
  inconnu: {
    titre: "Page introuvable",
    constat: "Cette adresse ne mène à aucune page du dossier.",
    remede: "Revenez à l’accueil du dossier.",
    statut: 404,
  },
  reseau: {
    titre: "L’hébergeur ne répond pas",
    constat: "Le dossier n’a pas pu être chargé\u00a0: la connexion est coupée, ou le serveur est arrêté.",
    remede: "Vérifiez votre connexion, puis rechargez la page.",
    statut: 503,
  },
};

const IMPOSSIBLE = {
  contexte: "Cette page n’a pas été ouverte par une adresse sûre (https)\u00a0: le navigateur refuse alors de déchiffrer. Ouvrez le lien tel que vous l’avez reçu.",
  navigateur: "Ce navigateur, ou son mode de navigation privée, ne permet pas de déchiffrer le dossier pendant la lecture.",
};

const LIENS = { accueil: "Accueil du dossier", entree: "Page d’entrée", fichier: "Fichier concerné\u00a0:" };
