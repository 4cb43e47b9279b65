// Filters of a list: plain form controls, kept in the URL, announced, reset. Without this script the whole list is shown.
(function () {
  "use strict";

  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2018\u2019\u02bc]/g, "'").toLowerCase();
  }

  function start(form) {
    var whole = form.hasAttribute("data-page");
    var list = whole ? document.querySelector(".md-content") : form.parentElement;
    var rows = Array.from(list.querySelectorAll("table[data-filtrable] > tbody > tr, ul[data-filtrable] > li"));
    var count = form.parentElement.querySelector(".compte");
    var noun = count.getAttribute("data-nom");
    var controls = Array.from(form.querySelectorAll("select, input"));
    var texts = rows.map(function (row) { return plain(row.textContent); });

    function read() {
      var asked = new URLSearchParams(location.search);
      controls.forEach(function (control) {
        var value = asked.get(control.name) || "";
        control.value = value;
        if (control.value !== value) control.value = "";
      });
    }

    // A row marked * answers every value of a filter: it concerns them all.
    function keeps(row, control) {
      var held = (row.getAttribute("data-" + control.name) || "").split(" ");
      return held.indexOf(control.value) >= 0 || held.indexOf("*") >= 0;
    }

    // The row that the address names: no filter hides it, until a person changes one.
    function named() {
      var name = location.hash.slice(1);
      try { name = decodeURIComponent(name); } catch (error) { name = ""; }
      return rows.find(function (row) { return name !== "" && row.id === name; });
    }

    function apply() {
      var target = named();
      var words = [];
      var chosen = controls.filter(function (control) {
        if (control.type === "search") { words = plain(control.value).split(/\s+/).filter(Boolean); return false; }
        return control.value !== "";
      });
      var shown = 0;
      rows.forEach(function (row, index) {
        var kept = row === target || (chosen.every(function (control) { return keeps(row, control); }) &&
          words.every(function (word) { return texts[index].indexOf(word) >= 0; }));
        row.hidden = !kept;
        if (kept) shown += 1;
      });
      count.textContent = shown === 0 ? "Aucun résultat. Changez un filtre ou affichez tout." :
        shown + " " + noun + (shown > 1 ? "s" : "") + " sur " + rows.length;
    }

    function remember() {
      var asked = new URLSearchParams();
      controls.forEach(function (control) { if (control.value) asked.set(control.name, control.value); });
      var query = asked.toString();
      history.replaceState(null, "", location.pathname + (query ? "?" + query : ""));
    }

    // A link to one record opens its details.
    function reveal() {
      var target = named();
      if (!target) return;
      target.querySelectorAll("details").forEach(function (details) { details.open = true; });
      target.scrollIntoView();
    }

    form.hidden = false;
    form.addEventListener("input", function () { remember(); apply(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () { remember(); apply(); }, 0); });
    window.addEventListener("hashchange", function () { apply(); reveal(); });
    window.addEventListener("popstate", function () { read(); apply(); });
    read();
    apply();
    reveal();
  }

  document.querySelectorAll("form[data-filtres]").forEach(start);
})();
