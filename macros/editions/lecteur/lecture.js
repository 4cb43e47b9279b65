// The landing page: takes the key out of the address, checks it, hands the dossier to the worker.
"use strict";

const BASE = new URL("./", location.href).href;
const SECTIONS = ["impossible", "attente", "refus", "ouvert", "demande"];
const faits = document.documentElement.dataset;

// First of all: nothing that reads the address after this line finds the key in it.
let fragment = prendreFragment();
// Starting a worker is what takes time: it is asked for before the page is even read.
let pret = fragment && !manque() ? demarrer() : null;

function prendreFragment() {
  const lu = location.hash.slice(1);
  if (lu) history.replaceState(null, "", location.pathname + location.search);
  return lu;
}

function montrer(...voulues) {
  for (const nom of SECTIONS) document.getElementById(nom).hidden = !voulues.includes(nom);
  const titre = document.querySelector(`#${voulues[0]} h1[tabindex]`);
  if (titre) titre.focus();
}

function refuser(code) {
  const texte = REFUS[code] || REFUS.reseau;
  document.getElementById("titre-refus").textContent = texte.titre;
  document.getElementById("constat").textContent = texte.constat;
  document.getElementById("remede").textContent = texte.remede;
  document.title = texte.titre;
  montrer("refus", ...(code === "cle" ? ["demande"] : []));
}

function renoncer(raison) {
  if (raison) document.getElementById("raison").textContent = IMPOSSIBLE[raison];
  montrer("impossible");
}

function manque() {
  if (!window.isSecureContext || location.protocol === "file:") return "contexte";
  return navigator.serviceWorker && window.indexedDB && crypto.subtle ? "" : "navigateur";
}

async function installer() {
  const inscrit = await navigator.serviceWorker.register("sw.js", { scope: "lire/", updateViaCache: "none" });
  if (inscrit.active) return;
  const travailleur = inscrit.installing || inscrit.waiting;
  await new Promise((resolve, reject) => {
    const suivre = () => {
      if (travailleur.state === "activated") resolve();
      if (travailleur.state === "redundant") reject(new Error("redundant"));
    };
    travailleur.addEventListener("statechange", suivre);
    suivre();
  });
}

function demarrer() {
  return installer().then(() => true, () => false);
}

// The index is read by the worker, which has the same pages of refusal.
async function ouvrir(texte) {
  montrer("attente");
  pret = pret || demarrer();
  const secret = lireCle(texte);
  const cles = secret && (await deriver(secret, faits.dossier));
  if (!cles || cles.verification !== faits.verification) throw new Refus("cle");
  try {
    await garder(BASE, cles);
  } catch {
    return renoncer("navigateur");
  }
  if (!(await pret)) {
    pret = null;
    await oublier(BASE).catch(() => null);
    return renoncer("navigateur");
  }
  return location.replace("lire/");
}

async function reprendre() {
  const cles = await retrouver(BASE).catch(() => null);
  if (!cles || cles.dossier !== faits.dossier || cles.verification !== faits.verification) return montrer("demande");
  const index = await lireIndex(BASE, cles);
  document.getElementById("titre-ouvert").textContent = index.titre;
  return montrer("ouvert");
}

async function commencer() {
  const raison = manque();
  if (raison) return renoncer(raison);
  try {
    const texte = fragment;
    fragment = "";
    if (texte) return await ouvrir(texte);
    return await reprendre();
  } catch (erreur) {
    if (erreur.code === "expire") await oublier(BASE).catch(() => null);
    return refuser(erreur.code);
  }
}

// The worker stays: it answers the tabs still open, which would otherwise ask the host.
async function fermer() {
  await oublier(BASE);
  montrer("demande");
}

function reprendreDepuisAdresse() {
  fragment = prendreFragment();
  if (fragment) commencer();
}

document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("formulaire").addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    const champ = document.getElementById("cle");
    fragment = champ.value;
    champ.value = "";
    commencer();
  });
  document.getElementById("fermer").addEventListener("click", fermer);
  commencer();
});
window.addEventListener("hashchange", reprendreDepuisAdresse);
// The browser may show this page again as it was left, waiting.
window.addEventListener("pageshow", (evenement) => evenement.persisted && commencer());
