// The worker: answers whatever the pages of the dossier ask for, decrypted, and lets nothing of theirs reach a server.
"use strict";

importScripts("textes.js", "commun.js");

const BASE = new URL("./", self.location.href).href;
const RACINE = new URL("lire/", BASE).href;
const STYLE = new URL("coffre.css", BASE).href;
const ALERTE = "~alerte/";
const COMMUNS = {
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex",
};

let ouvert = null;
let dernier = { nom: "", contenu: null };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (evenement) => evenement.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (evenement) => evenement.respondWith(repondre(evenement)));

// The browser stops this worker when idle: everything is found again from the stored keys.
async function dossier(navigation) {
  if (!ouvert || navigation) {
    const cles = await retrouver(BASE);
    if (!cles) {
      ouvert = null;
      throw new Refus("sans_cle");
    }
    if (!ouvert || ouvert.verification !== cles.verification) {
      dernier = { nom: "", contenu: null };
      ouvert = { verification: cles.verification, promesse: charger(cles) };
    }
  }
  try {
    const { cles, index, arbre } = await ouvert.promesse;
    if (index.expire < aujourdhui()) throw new Refus("expire");
    return { cles, index, arbre };
  } catch (erreur) {
    ouvert = null;
    if (erreur.code === "expire") await oublier(BASE);
    throw erreur;
  }
}

async function charger(cles) {
  const index = await lireIndex(BASE, cles);
  const arbre = { enfants: new Map(), adresse: "", chemin: "" };
  for (const [chemin, entree] of Object.entries(index.fichiers)) {
    const noms = chemin.split("/");
    let noeud = arbre;
    noms.forEach((nom, rang) => {
      const ici = noms.slice(0, rang + 1).join("/");
      const feuille = rang === noms.length - 1;
      let enfant = noeud.enfants.get(nom);
      if (!enfant) {
        const jeton = feuille ? entree.nom : index.dossiers[ici];
        enfant = { enfants: feuille ? null : new Map(), adresse: noeud.adresse + jeton + (feuille ? "" : "/"), chemin: ici, entree };
        noeud.enfants.set(nom, enfant).set(jeton, enfant);
      }
      noeud = enfant;
    });
  }
  return { cles, index, arbre };
}

function nomme(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

// A file by its address, whose segments are names or the tokens that stand for them; and the address made of tokens alone.
function trouver(arbre, relatif) {
  let noeud = arbre;
  for (const segment of relatif.split("/").filter(Boolean)) {
    noeud = noeud.enfants && noeud.enfants.get(nomme(segment));
    if (!noeud) return null;
  }
  if (noeud.enfants) {
    const page = noeud.enfants.get("index.html");
    return page ? { chemin: page.chemin, entree: page.entree, adresse: noeud.adresse } : null;
  }
  const { chemin, entree } = noeud;
  const adresse = /(^|\/)index\.html$/.test(chemin) ? noeud.adresse.slice(0, noeud.adresse.lastIndexOf("/") + 1) : noeud.adresse;
  return { chemin, entree, adresse };
}

// As the writer pads: the size a sealed file must have.
function tailleScellee({ taille }) {
  if (taille <= MINIMUM) return MINIMUM + SURPLUS;
  const bits = (nombre) => Math.floor(Math.log2(nombre)) + 1;
  const pas = 2 ** (bits(taille) - 1 - bits(bits(taille) - 1));
  return Math.ceil(taille / pas) * pas + SURPLUS;
}

async function dechiffrer({ cles, index }, { chemin, entree }) {
  if (dernier.nom === entree.nom) return dernier.contenu;
  let scelle;
  try {
    scelle = await demander(new URL(`o/${entree.nom}`, BASE), "manquant", "default");
  } catch (erreur) {
    throw new Refus(erreur.code, chemin);
  }
  const clair = await ouvrirScelle(cles.contenus, scelle, cles.dossier, chemin);
  const contenu = clair && clair.slice(0, entree.taille);
  if (!contenu || hexa(await crypto.subtle.digest("SHA-256", contenu)) !== entree.sha256) {
    throw new Refus(await raison(cles, index, entree, scelle), chemin);
  }
  // A viewer reads a long document piece by piece.
  if (entree.type === "application/pdf") dernier = { nom: entree.nom, contenu };
  return contenu;
}

async function raison(cles, index, entree, scelle) {
  for (const [chemin, autre] of Object.entries(index.fichiers)) {
    const semblable = tailleScellee(autre) === scelle.byteLength;
    if (semblable && (await ouvrirScelle(cles.contenus, scelle, cles.dossier, chemin))) return "echange";
  }
  return scelle.byteLength < tailleScellee(entree) ? "tronque" : "altere";
}

function politique({ scripts, styles }) {
  const permis = (empreintes) => empreintes.map((empreinte) => ` 'sha256-${empreinte}'`).join("");
  const style = styles.length ? `${permis(styles)} 'unsafe-hashes'` : "";
  const ici = ["font", "connect", "worker", "media", "frame", "object"].map((quoi) => `${quoi}-src ${RACINE}`).join("; ");
  return `default-src 'none'; base-uri 'none'; script-src ${RACINE}${permis(scripts)}; style-src ${RACINE}${style}; img-src ${RACINE} data:; ${ici}; form-action ${RACINE}; frame-ancestors ${RACINE}`;
}

function entetes({ chemin, entree }, taille) {
  const nom = encodeURIComponent(chemin.slice(chemin.lastIndexOf("/") + 1)).replace(/['()*]/g, (signe) => `%${signe.charCodeAt(0).toString(16)}`);
  const valeurs = { ...COMMUNS, "Content-Type": entree.type, "Content-Length": String(taille), "Accept-Ranges": "bytes" };
  // A script may be a worker, which then obeys this policy; a PDF viewer would be hindered by one.
  if (entree.type !== "application/pdf") valeurs["Content-Security-Policy"] = politique(entree);
  if (/^application\/(?!json|xml|pdf)/.test(entree.type)) valeurs["Content-Disposition"] = `attachment; filename*=UTF-8''${nom}`;
  if (entree.type === "application/pdf") valeurs["Content-Disposition"] = `inline; filename*=UTF-8''${nom}`;
  return valeurs;
}

function servir(fichier, contenu, plage) {
  const total = contenu.byteLength;
  const lu = /^bytes=(\d*)-(\d*)$/.exec(plage || "");
  if (!lu || (!lu[1] && !lu[2])) return new Response(contenu, { headers: entetes(fichier, total) });
  const debut = lu[1] ? Number(lu[1]) : Math.max(0, total - Number(lu[2]));
  const fin = lu[1] && lu[2] ? Math.min(Number(lu[2]), total - 1) : total - 1;
  if (debut > fin) return new Response(null, { status: 416, headers: { ...COMMUNS, "Content-Range": `bytes */${total}` } });
  const morceau = contenu.slice(debut, fin + 1);
  const headers = { ...entetes(fichier, morceau.byteLength), "Content-Range": `bytes ${debut}-${fin}/${total}` };
  return new Response(morceau, { status: 206, headers });
}

const sur = (texte) => texte.replace(/[&<>"']/g, (signe) => `&#${signe.charCodeAt(0)};`);

function pageRefus(erreur) {
  const texte = REFUS[erreur.code] || REFUS.reseau;
  const fichier = erreur.chemin ? `<p>${LIENS.fichier} <code>${sur(erreur.chemin)}</code></p>` : "";
  const html = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${texte.titre}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${sur(STYLE)}"></head>
<body><main><h1>${texte.titre}</h1><p>${texte.constat}</p><p>${texte.remede}</p>${fichier}
<p><a class="bouton" href="${sur(RACINE)}">${LIENS.accueil}</a> <a href="${sur(BASE)}">${LIENS.entree}</a></p></main></body></html>`;
  const headers = { ...COMMUNS, "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": `default-src 'none'; base-uri 'none'; style-src ${STYLE}; img-src data:` };
  return new Response(html, { status: texte.statut, headers });
}

// A page whose image, style or script was tampered with is not left as if nothing happened.
async function alerter(evenement, nom) {
  const client = evenement.clientId && (await self.clients.get(evenement.clientId));
  const fenetres = client && client.type === "window" ? [client] : await self.clients.matchAll({ type: "window" });
  await Promise.all(fenetres.map((fenetre) => fenetre.navigate(`${RACINE}${ALERTE}${nom}`).catch(() => null)));
}

async function verifierEncore(coffre, nom) {
  const trouve = Object.entries(coffre.index.fichiers).find(([, entree]) => entree.nom === nom);
  if (!trouve) throw new Refus("inconnu");
  await dechiffrer(coffre, { chemin: trouve[0], entree: trouve[1] });
  return Response.redirect(RACINE, 302);
}

async function naviguer(url) {
  const coffre = await dossier(true);
  const relatif = url.pathname.slice(new URL(RACINE).pathname.length);
  if (relatif.startsWith(ALERTE)) return verifierEncore(coffre, relatif.slice(ALERTE.length));
  const fichier = trouver(coffre.arbre, relatif);
  if (!fichier) throw new Refus("inconnu");
  // The address bar, the history and a reload that would bypass this worker hold no name.
  if (fichier.adresse !== relatif) return Response.redirect(RACINE + fichier.adresse + url.search, 302);
  return { fichier, contenu: await dechiffrer(coffre, fichier) };
}

async function repondre(evenement) {
  const { request } = evenement;
  const url = new URL(request.url);
  if (url.href === STYLE) return fetch(STYLE, { referrerPolicy: "no-referrer" });
  const chezNous = url.href.startsWith(RACINE);
  if (!chezNous || request.method !== "GET") return Response.error();
  const plage = request.headers.get("Range");
  if (request.mode === "navigate") {
    try {
      const trouve = await naviguer(url);
      return trouve instanceof Response ? trouve : servir(trouve.fichier, trouve.contenu, plage);
    } catch (erreur) {
      return pageRefus(erreur);
    }
  }
  let fichier = null;
  try {
    const coffre = await dossier(false);
    fichier = trouver(coffre.arbre, url.pathname.slice(new URL(RACINE).pathname.length));
    if (!fichier) return new Response(null, { status: 404, headers: COMMUNS });
    return servir(fichier, await dechiffrer(coffre, fichier), plage);
  } catch (erreur) {
    if (fichier && erreur.code && erreur.code !== "reseau") evenement.waitUntil(alerter(evenement, fichier.entree.nom));
    return new Response(null, { status: 502, headers: COMMUNS });
  }
}
