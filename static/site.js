/* generator: newsgen. Every page works without this file. */
(function () {
  "use strict";

  // A link to a source line must open the source first; older browsers do not by themselves.
  function openSource(details) {
    function open() {
      var line = location.hash && document.getElementById(location.hash.slice(1));
      if (line && (line === details || details.contains(line))) {
        details.open = true;
        line.scrollIntoView();
      }
    }
    window.addEventListener("hashchange", open);
    open();
  }

  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function filterList(box) {
    var items = Array.from(box.parentElement.querySelectorAll(".ranked > li"));
    var names = items.map(function (item) {
      return plain(item.querySelector("a").textContent);
    });
    if (items.length < 12) return;
    box.hidden = false;
    box.querySelector("input").addEventListener("input", function (event) {
      var wanted = plain(event.target.value.trim());
      items.forEach(function (item, index) {
        item.hidden = !names[index].includes(wanted);
      });
    });
  }

  function copyText(button) {
    var text = document.getElementById(button.dataset.copy);
    if (!text || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(text.textContent.replace(/\s+/g, " ").trim()).then(function () {
        button.textContent = button.dataset.done;
      });
    });
  }

  document.querySelectorAll("details#source").forEach(openSource);
  document.querySelectorAll("[data-filter]").forEach(filterList);
  document.querySelectorAll("[data-copy]").forEach(copyText);
})();
