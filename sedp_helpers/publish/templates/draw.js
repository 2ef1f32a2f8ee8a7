// Runs in the drawing browser. The seeded generator makes the ids inside an SVG repeatable.
window.sedpSeed = function () {
  var state = 42;
  Math.random = function () {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
};

window.sedpDraw = async function (jobs, locale) {
  var drawn = [];
  for (const job of jobs) {
    try {
      window.sedpSeed();
      var figure = { data: job.data, layout: job.layout, config: { locale: locale, staticPlot: true } };
      var options = { format: "svg", width: job.width, height: job.height, imageDataOnly: true };
      drawn.push({ svg: await Plotly.toImage(figure, options) });
    } catch (problem) {
      drawn.push({ error: String(problem && problem.message || problem) });
    }
  }
  return drawn;
};
