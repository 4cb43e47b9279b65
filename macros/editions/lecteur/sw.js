// The worker: answers whatever the pages of the dossier ask for, decrypted, and lets nothing of theirs reach a server.
"use strict";

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

self.addEventListener("install", (evenement) => {
  // Some browsers ask the network at the same time as a worker that is starting: the host would receive the address.
  if (evenement.addRoutes) evenement.waitUntil(evenement.addRoutes({ condition: { urlPattern: { pathname: "*" } }, source: "fetch-event" }).catch(() => null));
  self.skipWaiting();
});
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

async function dechiffrer(coffre, fichier) {
  if (dernier.nom === fichier.entree.nom) return dernier.contenu;
  const premier = await essayer(coffre, fichier, "default");
  // What is refused may be an old copy of the browser's own.
  const second = premier.contenu ? premier : await essayer(coffre, fichier, "reload");
  if (!second.contenu) throw new Refus(await raison(coffre, fichier.entree, second.scelle), fichier.chemin);
  // A viewer reads a long document piece by piece.
  if (fichier.entree.type === "application/pdf") dernier = { nom: fichier.entree.nom, contenu: second.contenu };
  return second.contenu;
}

async function essayer({ cles }, { chemin, entree }, cache) {
  let scelle;
  try {
    scelle = await demander(new URL(`o/${entree.nom}`, BASE), "manquant", cache);
  } catch (erreur) {
    throw new Refus(erreur.code, chemin);
  }
  const clair = await ouvrirScelle(cles.contenus, scelle, cles.dossier, chemin);
  const contenu = clair && clair.slice(0, entree.taille);
  const bon = contenu && hexa(await crypto.subtle.digest("SHA-256", contenu)) === entree.sha256;
  return { scelle, contenu: bon ? contenu : null };
}

async function raison({ cles, index }, entree, scelle) {
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

function entetes({ chemin, entree }, taille, enregistre) {
  const nom = encodeURIComponent(chemin.slice(chemin.lastIndexOf("/") + 1)).replace(/['()*]/g, (signe) => `%${signe.charCodeAt(0).toString(16)}`);
  const valeurs = { ...COMMUNS, "Content-Type": entree.type, "Content-Length": String(taille), "Accept-Ranges": "bytes" };
  // A script may be a worker, which then obeys this policy; a PDF viewer would be hindered by one.
  if (entree.type !== "application/pdf") valeurs["Content-Security-Policy"] = politique(entree);
  const joint = enregistre || /^application\/(?!json|xml|pdf)/.test(entree.type);
  if (joint || entree.type === "application/pdf") valeurs["Content-Disposition"] = `${joint ? "attachment" : "inline"}; filename*=UTF-8''${nom}`;
  return valeurs;
}

// The links of a page, with tokens for names: whatever happens to a click, the host cannot read in it what was asked.
// A link that saves its file asks this worker for it: browsers send those of `download` past the worker.
function remplacer(arbre, texte, page) {
  const attribut = /(\s(?:href|src|data|poster)\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi;
  const changer = (balise) => {
    const enregistre = /^<a\b/i.test(balise) && /\sdownload(?=[\s=>])/i.test(balise);
    const sans = enregistre ? balise.replace(/\sdownload(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?(?=[\s>])/i, "") : balise;
    return sans.replace(attribut, (tout, debut, double, simple) => {
      const cache = cacher(arbre, (double ?? simple).replaceAll("&amp;", "&"), page);
      if (!cache) return tout;
      if (enregistre) cache.searchParams.set("enregistrer", "");
      return `${debut}"${sur(cache.href)}"`;
    });
  };
  const balises = /(<script\b(?:[^>"']|"[^"]*"|'[^']*')*>)([\s\S]*?<\/script)|<!--[\s\S]*?-->|<(?:a|area|link|img|source|iframe|embed|object|video|audio)\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi;
  return texte.replace(balises, (tout, ouvrante, suite) => (ouvrante ? changer(ouvrante) + suite : changer(tout)));
}

// The address made of tokens of a link, or null for one that leads outside, nowhere, or to a place of the same page.
function cacher(arbre, lien, page) {
  if (/^(#|$)/.test(lien)) return null;
  let url;
  try {
    url = new URL(lien, page);
  } catch {
    return null;
  }
  if (!url.href.startsWith(RACINE)) return null;
  const trouve = trouver(arbre, url.pathname.slice(new URL(RACINE).pathname.length));
  return trouve && new URL(RACINE + trouve.adresse + url.search + url.hash);
}

// The search of the theme makes links of what its index says.
function remplacerIndex(arbre, texte) {
  const index = JSON.parse(texte);
  for (const page of index.docs || []) {
    const cache = page.location === undefined ? null : cacher(arbre, page.location || ".", RACINE);
    if (cache) page.location = cache.href.slice(RACINE.length);
  }
  return JSON.stringify(index);
}

function habiller({ arbre }, fichier, contenu) {
  const texte = () => new TextDecoder().decode(contenu);
  if (fichier.entree.type.startsWith("text/html")) return octets(remplacer(arbre, texte(), RACINE + fichier.adresse));
  if (fichier.chemin.endsWith("search/search_index.json")) return octets(remplacerIndex(arbre, texte()));
  return contenu;
}

function servir(coffre, fichier, clair, request) {
  const plage = request.headers.get("Range");
  const contenu = habiller(coffre, fichier, clair);
  const total = contenu.byteLength;
  const enregistre = new URL(request.url).searchParams.has("enregistrer");
  const lu = /^bytes=(\d*)-(\d*)$/.exec(plage || "");
  if (!lu || (!lu[1] && !lu[2])) return new Response(contenu, { headers: entetes(fichier, total, enregistre) });
  const debut = lu[1] ? Number(lu[1]) : Math.max(0, total - Number(lu[2]));
  const fin = lu[1] && lu[2] ? Math.min(Number(lu[2]), total - 1) : total - 1;
  if (debut > fin) return new Response(null, { status: 416, headers: { ...COMMUNS, "Content-Range": `bytes */${total}` } });
  const morceau = contenu.slice(debut, fin + 1);
  const headers = { ...entetes(fichier, morceau.byteLength, enregistre), "Content-Range": `bytes ${debut}-${fin}/${total}` };
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
  return { coffre, fichier, contenu: await dechiffrer(coffre, fichier) };
}

async function repondre(evenement) {
  const { request } = evenement;
  const url = new URL(request.url);
  if (url.href === STYLE) return fetch(STYLE, { referrerPolicy: "no-referrer" });
  const chezNous = url.href.startsWith(RACINE);
  if (!chezNous || request.method !== "GET") return Response.error();
  if (request.mode === "navigate") {
    try {
      const trouve = await naviguer(url);
      return trouve instanceof Response ? trouve : servir(trouve.coffre, trouve.fichier, trouve.contenu, request);
    } catch (erreur) {
      return pageRefus(erreur);
    }
  }
  let fichier = null;
  try {
    const coffre = await dossier(false);
    fichier = trouver(coffre.arbre, url.pathname.slice(new URL(RACINE).pathname.length));
    if (!fichier) return new Response(null, { status: 404, headers: COMMUNS });
    return servir(coffre, fichier, await dechiffrer(coffre, fichier), request);
  } catch (erreur) {
    if (fichier && erreur.code && erreur.code !== "reseau") evenement.waitUntil(alerter(evenement, fichier.entree.nom));
    return new Response(null, { status: 502, headers: COMMUNS });
  }
}
