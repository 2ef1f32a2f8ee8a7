#!/bin/sh
# Rebuilds sedp_helpers/present/assets/plotly-sedp.min.js: plotly.js with only the traces we draw.
#
# Why: the full library adds 4.8 MB to every report; this one adds 1.2 MB. Run it when plotly.py
# changes in environment.yml: tests/contracts/test_vendored.py fails while the versions differ.
# Usage: sh tools/vendor_plotly.sh 4.1.1
#
# Needs node >= 20 and npm; neither is needed by `make report` or `make test`.
# "scatter" belongs to the core. The style sheet of the map library is left out: no map traces.
set -eu

VERSION="${1:?which plotly.js version? python -c 'from plotly.offline import get_plotlyjs_version as v; print(v())'}"
EXTRA_TRACES="bar heatmap"

assets=$(cd "$(dirname "$0")/../sedp_helpers/present/assets" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
cd "$build"

npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts --omit=dev "plotly.js@$VERSION"
npm install --no-audit --no-fund --ignore-scripts esbuild@0.28.1 stream-browserify@3.0.0 \
    esbuild-plugin-environment@0.5.0 esbuild-plugin-glsl@1.4.2 esbuild-plugin-inline-css@0.0.1

{
    echo "var Plotly = require('plotly.js/lib/core');"
    for trace in $EXTRA_TRACES; do echo "Plotly.register(require('plotly.js/lib/$trace'));"; done
    echo "module.exports = Plotly;"
} > entry.js
: > empty.css

cat > bundle.cjs <<'END'
const { createHash } = require('crypto');
const { readFileSync, writeFileSync, copyFileSync } = require('fs');
const { environmentPlugin } = require('esbuild-plugin-environment');
const { glsl } = require('esbuild-plugin-glsl');
const inlineCss = require('esbuild-plugin-inline-css');

const [version, assets, ...extra] = process.argv.slice(2);
const traces = ['scatter', ...extra];
const outfile = `${assets}/plotly-sedp.min.js`;
const banner = [
  '/**', `* plotly.js (custom: ${traces.join(', ')} - minified) v${version}`,
  '* Copyright 2012-2026, Plotly, Inc.', '* All rights reserved.',
  '* Licensed under the MIT license', '*/',
].join('\n');

require('esbuild').build({
  entryPoints: ['./entry.js'], outfile, format: 'iife', globalName: 'Plotly',
  bundle: true, minify: true, charset: 'ascii', legalComments: 'none', target: 'es2016',
  plugins: [inlineCss(), glsl({ minify: true }), environmentPlugin({ NODE_DEBUG: false })],
  alias: {
    regl: '@plotly/regl', stream: 'stream-browserify',
    'maplibre-gl/dist/maplibre-gl.css': './empty.css',
  },
  define: { global: 'window', 'define.amd': 'false' },
  banner: { js: banner }, footer: { js: 'window.Plotly = Plotly;' },
}).then(() => {
  copyFileSync('node_modules/plotly.js/dist/plotly-locale-ru.js', `${assets}/plotly-locale-ru.js`);
  const bundle = readFileSync(outfile);
  const sidecar = {
    name: 'plotly.js', version, licence: 'MIT', file: 'plotly-sedp.min.js', traces,
    sha256: createHash('sha256').update(bundle).digest('hex'), bytes: bundle.length,
  };
  writeFileSync(`${assets}/plotly-sedp.json`, JSON.stringify(sidecar, null, 2) + '\n');
}).catch(() => process.exit(1));
END
node bundle.cjs "$VERSION" "$assets" $EXTRA_TRACES
mkdir -p "$assets/../../../LICENSES"
cp node_modules/plotly.js/LICENSE "$assets/../../../LICENSES/plotly.js-MIT.txt"
