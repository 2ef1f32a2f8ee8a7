// Runs in the drawing browser. The seeded generator makes the ids inside an SVG repeatable.
window.sedpSeed = function () {
  var state = 42;
  Math.random = function () {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
};

window.sedpPaint = function (svg, width, height, style) {
  return new Promise(function (resolve, reject) {
    var picture = new Image();
    picture.onload = function () {
      var canvas = document.createElement("canvas");
      canvas.width = width * 2;
      canvas.height = height * 2;
      var brush = canvas.getContext("2d");
      brush.fillStyle = "#ffffff";
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
      resolve(canvas.toDataURL("image/png").split(",")[1]);
    };
    picture.onerror = function () { reject(new Error("the picture could not be painted")); };
    var dressed = svg.replace(/(<svg[^>]*>)/, "$1<style>" + style + "</style>");
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(dressed);
  });
};

window.sedpDraw = async function (jobs, style, locale) {
  var drawn = [];
  for (const job of jobs) {
    try {
      window.sedpSeed();
      var figure = { data: job.data, layout: job.layout, config: { locale: locale, staticPlot: true } };
      var options = { format: "svg", width: job.width, height: job.height, imageDataOnly: true };
      var svg = await Plotly.toImage(figure, options);
      var png = await window.sedpPaint(svg, job.width, job.height, style);
      drawn.push({ svg: svg, png: png });
    } catch (problem) {
      drawn.push({ error: String(problem && problem.message || problem) });
    }
  }
  return drawn;
};
