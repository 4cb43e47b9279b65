// The format of a sealed dossier and the store of its key, for the landing page and for the worker.
// The key itself is never kept: only what is derived from it, in a form the browser does not give back.
"use strict";

const NOM = "portail-coffre/1";
const NONCE = 12;
const SURPLUS = 28;
const MINIMUM = 1024;

class Refus extends Error {
  constructor(code, chemin = "") {
    super(code);
    this.code = code;
    this.chemin = chemin;
  }
}

const octets = (texte) => new TextEncoder().encode(texte);
const hexa = (tampon) => Array.from(new Uint8Array(tampon), (octet) => octet.toString(16).padStart(2, "0")).join("");

// The 256 bits of a link or of a key alone, or null. Mail programs fold long lines and add signs around links.
function lireCle(texte) {
  const sans = texte.replace(/\s+/g, "").replaceAll("%23", "#");
  const cle = sans.slice(sans.lastIndexOf("#") + 1).replace(/[>)»”".,;]+$/, "");
  if (!/^[A-Za-z0-9_-]{43}$/.test(cle)) return null;
  const binaire = atob(cle.replaceAll("-", "+").replaceAll("_", "/") + "=");
  const retour = btoa(binaire).replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
  return retour === cle ? Uint8Array.from(binaire, (signe) => signe.charCodeAt(0)) : null;
}

async function deriver(secret, dossier) {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey", "deriveBits"]);
  const hkdf = (usage) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: octets(`${NOM} ${dossier} ${usage}`) });
  const ouvre = (usage) => crypto.subtle.deriveKey(hkdf(usage), base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const [index, contenus, verification] = await Promise.all([
    ouvre("index"),
    ouvre("contenus"),
    crypto.subtle.deriveBits(hkdf("verification"), base, 128),
  ]);
  return { dossier, index, contenus, verification: hexa(verification) };
}

// The plaintext, or null when one bit of the content, or of what it is said to be, changed.
async function ouvrirScelle(cle, scelle, dossier, chemin) {
  if (scelle.byteLength < SURPLUS) return null;
  const parametres = { name: "AES-GCM", iv: scelle.slice(0, NONCE), additionalData: octets([NOM, dossier, chemin].join("\0")) };
  try {
    return await crypto.subtle.decrypt(parametres, cle, new Uint8Array(scelle, NONCE));
  } catch {
    return null;
  }
}

async function demander(adresse, absent, cache) {
  let reponse;
  let contenu;
  try {
    reponse = await fetch(adresse, { cache, referrerPolicy: "no-referrer" });
    contenu = await reponse.arrayBuffer();
  } catch {
    throw new Refus("reseau");
  }
  if ([403, 404, 410].includes(reponse.status)) throw new Refus(absent);
  if (!reponse.ok) throw new Refus("reseau");
  return contenu;
}

const aujourdhui = () => {
  const jour = new Date();
  return [jour.getFullYear(), jour.getMonth() + 1, jour.getDate()].map((nombre) => String(nombre).padStart(2, "0")).join("-");
};

async function lireIndex(base, cles) {
  const scelle = await demander(new URL("index.coffre", base), "retire", "no-store");
  const clair = await ouvrirScelle(cles.index, scelle, cles.dossier, "");
  if (clair === null) throw new Refus("index");
  const index = JSON.parse(new TextDecoder().decode(clair));
  if (index.format !== 1 || index.dossier !== cles.dossier) throw new Refus("index");
  if (index.expire < aujourdhui()) throw new Refus("expire");
  return index;
}

// One place per dossier: several may share a host.
function cases(base, mode, action) {
  return new Promise((resolve, reject) => {
    const demande = indexedDB.open(`coffre ${new URL(base).pathname}`, 1);
    demande.onupgradeneeded = () => demande.result.createObjectStore("cles");
    demande.onerror = () => reject(demande.error);
    demande.onsuccess = () => {
      const echange = demande.result.transaction("cles", mode);
      const requete = action(echange.objectStore("cles"));
      echange.oncomplete = () => {
        demande.result.close();
        resolve(requete.result);
      };
      echange.onerror = echange.onabort = () => reject(echange.error);
    };
  });
}

const garder = (base, cles) => cases(base, "readwrite", (magasin) => magasin.put(cles, "cles"));
const retrouver = (base) => cases(base, "readonly", (magasin) => magasin.get("cles"));
const oublier = (base) => cases(base, "readwrite", (magasin) => magasin.delete("cles"));
