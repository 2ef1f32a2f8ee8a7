(function () {
  "use strict";
  var root = document.documentElement;

  function remember(name, value) {
    try { localStorage.setItem("sedp-" + name, value); } catch (refused) { return; }
  }
  function recall(name) {
    try { return localStorage.getItem("sedp-" + name); } catch (refused) { return null; }
  }

  ["dark", "contrast"].forEach(function (name) {
    var button = document.getElementById(name);
    function show(on) {
      root.classList.toggle(name, on);
      button.setAttribute("aria-pressed", String(on));
    }
    show(recall(name) === "1");
    button.addEventListener("click", function () {
      var on = !root.classList.contains(name);
      show(on);
      remember(name, on ? "1" : "0");
    });
  });

  // Letters typed without a Kyrgyz keyboard find the right ones; every pair keeps the length.
  var PLAIN = { "ө": "о", "ү": "у", "ң": "н", "ё": "е", "\u00a0": " ", "\u202f": " " };
  function fold(text) {
    return text.toLowerCase().replace(/[өүңё\u00a0\u202f]/g, function (sign) { return PLAIN[sign]; });
  }

  var search = document.getElementById("search");
  var found = document.getElementById("found");
  var sections = Array.prototype.slice.call(document.querySelectorAll("main .section"));

  function findRanges(section, wanted) {
    var ranges = [];
    var walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT, function (node) {
      return node.parentElement.closest("script, .plot")
        ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    while (walker.nextNode()) {
      var text = fold(walker.currentNode.data);
      for (var at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        var range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + wanted.length);
        ranges.push(range);
      }
    }
    return ranges;
  }

  function openAround(range) {
    var fold = range.startContainer.parentElement.closest("details");
    while (fold) {
      fold.open = true;
      fold = fold.parentElement.closest("details");
    }
  }

  function showSection(section, visible) {
    section.hidden = !visible;
    var title = section.getAttribute("aria-labelledby");
    var link = document.querySelector('.contents a[href="#' + title + '"]');
    if (link) { link.parentElement.hidden = !visible; }
  }

  function runSearch() {
    var wanted = fold(search.value.trim());
    var active = wanted.length > 1;
    var all = [];
    var hits = 0;
    sections.forEach(function (section) {
      var ranges = active ? findRanges(section, wanted) : [];
      showSection(section, !active || ranges.length > 0);
      hits += ranges.length ? 1 : 0;
      all = all.concat(ranges);
    });
    if (active) { all.slice(0, 200).forEach(openAround); }
    if (window.CSS && CSS.highlights && window.Highlight) {
      CSS.highlights.delete("found");
      if (all.length) {
        var marks = new Highlight();
        all.forEach(function (range) { marks.add(range); });
        CSS.highlights.set("found", marks);
      }
    }
    found.textContent = !active ? "" : hits
      ? found.dataset.found.replace("{n}", hits) : found.dataset.none;
  }

  var waiting;
  search.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(runSearch, 150);
  });
  search.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { search.value = ""; runSearch(); }
  });

  var contents = document.getElementById("contents-fold");
  if (window.matchMedia("(max-width: 60rem)").matches) { contents.open = false; }
  contents.addEventListener("click", function (event) {
    if (event.target.closest("a") && window.matchMedia("(max-width: 60rem)").matches) {
      contents.open = false;
    }
  });

  if (window.IntersectionObserver) {
    var watcher = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) { return; }
        document.querySelectorAll(".contents a[aria-current]").forEach(function (old) {
          old.removeAttribute("aria-current");
        });
        var link = document.querySelector('.contents a[href="#' + entry.target.id + '"]');
        if (link) { link.setAttribute("aria-current", "true"); }
      });
    }, { rootMargin: "-15% 0px -75% 0px" });
    document.querySelectorAll("main h2[id], main h3[id]").forEach(function (title) {
      watcher.observe(title);
    });
  }
})();
