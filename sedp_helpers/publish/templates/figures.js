(function () {
  "use strict";
  var language = document.documentElement.lang;
  var NARROW = 360;
  var LEGEND_LINE = 20;
  var config = {
    displaylogo: false,
    showSendToCloud: false,
    plotlyServerURL: "",
    responsive: true,
    locale: language,
    modeBarButtons: [["toImage"]],
    toImageButtonOptions: { format: "png", scale: 2 }
  };

  function drawFigure(place) {
    var spec = JSON.parse(place.nextElementSibling.textContent);
    var layout = spec.layout || {};
    delete layout.width;
    layout.height = Number(place.dataset.height) || layout.height;
    layout.autosize = true;
    if (place.clientWidth < NARROW) stackLegend(spec, layout);
    return Plotly.newPlot(place, spec.data || [], layout, config).then(function () {
      place.on("plotly_afterplot", function () { keepScale(place); });
      keepScale(place);
      place.querySelectorAll(".modebar-btn").forEach(function (button) {
        button.setAttribute("aria-label", button.dataset.title || "");
      });
    });
  }

  // On a telephone two names do not stand side by side.
  function stackLegend(spec, layout) {
    if (!layout.legend || layout.legend.entrywidthmode !== "fraction") return;
    var named = spec.data.filter(function (trace) { return trace.name && trace.showlegend !== false; });
    layout.legend.entrywidth = 1;
    layout.height += Math.floor(named.length / 2) * LEGEND_LINE;
  }

  // With its own box a drawing can be scaled: paper is narrower than the screen it was drawn for.
  function keepScale(place) {
    place.querySelectorAll(".main-svg").forEach(function (svg) {
      svg.setAttribute("viewBox", "0 0 " + svg.getAttribute("width") + " " + svg.getAttribute("height"));
      svg.setAttribute("preserveAspectRatio", "xMinYMin meet");
    });
  }

  function drawAll() {
    var places = Array.prototype.slice.call(document.querySelectorAll(".plot"));
    function next() {
      var place = places.shift();
      if (!place) {
        document.documentElement.dataset.figures = "drawn";
        return;
      }
      drawFigure(place).then(function () { setTimeout(next, 0); });
    }
    next();
  }

  var ready = document.fonts && document.fonts.load
    ? Promise.all([document.fonts.load('400 13px "Golos Text"'), document.fonts.load('600 13px "Golos Text"')])
    : Promise.resolve();
  ready.then(drawAll, drawAll);
})();
