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

  document.querySelectorAll("details#source").forEach(openSource);
})();
