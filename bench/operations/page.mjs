const percent = (ratio) => (ratio === undefined ? '' : `${(100 * ratio).toFixed(0)} %`);
const rateOf = ({ gflops, gbs }) => {
  if (gflops !== undefined) return `${gflops.toPrecision(3)} GFLOP/s`;
  return gbs === undefined ? '' : `${gbs.toPrecision(3)} GB/s`;
};

const HEAD = [
  '| operation | n × d | engine | threads | ms | rate | of the ceiling | per core | executed | × peer | × peer, per core |',
  '|---|---|---|---|---|---|---|---|---|---|---|',
];

/** Rows as a table; `head`: with its first two lines. */
export function table(rows, head = true) {
  const times = (ratio) => (ratio === undefined ? '' : ratio.toFixed(1));
  const lines = rows.map((row) => {
    const cells = [
      row.operation,
      `${row.n} × ${row.d}`,
      row.engine,
      row.threads,
      row.ms.toPrecision(3),
      rateOf(row),
      percent(row.ceilingRatio),
      percent(row.coreRatio),
      percent(row.executedRatio),
      times(row.peerRatio),
      times(row.peerCoreRatio),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [...(head ? HEAD : []), ...lines].join('\n');
}

function growthTable(grown) {
  const lines = grown.map(({ engine, threads, what, letter, xs, ys, power }) => {
    const unit = what === 'time' ? 'ms' : 'MiB';
    const values = ys.map((y) => y.toPrecision(3)).join(', ');
    return `| ${engine} | ${threads ?? ''} | ${what} | ${letter} = ${xs.join(', ')} | ${values} ${unit} | ${letter}^${power.toFixed(2)} |`;
  });
  return ['| engine | threads | | at | | grows as |', '|---|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}

const WHAT_IS_LEFT = `## What is left, and why

- **WebAssembly** has neither fused operations nor more than 15 vector registers of four floats: its own ceiling is
  half of the one above. Of that, the register tile alone reaches 70 %; packing and copying in and out take the rest.
- **gram** is float64, for which 50 % is all there is.
- **Angles** cost a root, a polynomial and a division for each pair; with AVX2 their energies stay at 65 %.
- **nearest** looks at every product once more to choose: with few columns that is a third of the time.
- **Riesz** energies cost an inverse root for each pair and reach 13 to 15 times the peer by processor time.`;

/** docs/performance/kernels.md. */
export function page({ machine, peer, rows, ceilingRows, grown }) {
  const ceilings = ceilingRows.map(
    ({ threads, gigaflops, gigabytes }) =>
      `${gigaflops.toFixed(0)} GFLOP/s and ${gigabytes.toFixed(1)} GB/s with ${threads} thread${threads > 1 ? 's' : ''}`,
  );
  return `# How fast the operations are

Written by \`npm run bench -- --write\`, which measures anew on your machine. This was: ${machine}.

The **ceiling** is what this processor can do, measured between the operations of the same run by a loop of
fused multiplications and additions in registers alone, and by a copy of 256 MiB: ${ceilings.join('; ')}.
Times are the best of several, engines and peer in turns. *Per core* is the same ratio by processor time:
operations over the time that all threads computed, beside the ceiling of one core. Where other programs
share the processor, as on a machine that is busy, that is the ratio to read.

An energy with its gradient is counted as 4n²d operations, every pair from both sides, and no exponential
is counted. Each pair is computed once, which needs 3n²d: *executed* is the share of a core's ceiling that
those alone are; what *per core* has above it is owed to symmetry. The gram matrix is counted by its one half, and
is float64, whose ceiling is half of this one. Rows that stay in the last cache pass the ceiling of a copy through
memory.
${peer ? `\nThe **peer** is ${peer.name}: loss and gradient of the same energy, the better of one and all threads, with an\nOpenBLAS for this processor; × is its time over ours, by the clock and by\nprocessor time.\n` : ''}
![share of the ceiling by operation and engine](kernels.svg)

${table(rows)}

## How time and memory grow

Of the Gaussian energy with gradient, by least squares on logarithms; memory beyond points and gradient.

${growthTable(grown)}

${WHAT_IS_LEFT}
`;
}

const [BAR, GAP, LEFT, WIDTH] = [9, 14, 210, 420];
const COLORS = { native: '#2166ac', wasm: '#b2a06c' };

const text = (x, y, value, anchor = 'start') =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${value}</text>`;

/** Bars: the share of the ceiling that each operation reaches on one core. */
export function chart(rows) {
  const shown = rows.filter((row) => row.threads === 1 && row.coreRatio !== undefined);
  const groups = new Map();
  for (const row of shown) {
    const name = `${row.operation}, ${row.n} × ${row.d}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const scale = WIDTH / Math.max(1, ...shown.map((row) => row.coreRatio));
  const parts = [];
  let y = 30;
  for (const [name, bars] of groups) {
    parts.push(text(LEFT - 8, y + 8, name, 'end'));
    for (const { engine, coreRatio } of bars) {
      const width = (coreRatio * scale).toFixed(1);
      parts.push(
        `<rect x="${LEFT}" y="${y}" width="${width}" height="${BAR}" fill="${COLORS[engine]}"/>`,
        text(LEFT + Number(width) + 4, y + 8, percent(coreRatio)),
      );
      y += BAR + 1;
    }
    y += GAP - BAR;
  }
  const engines = [...new Set(shown.map((row) => row.engine))];
  const legend = engines.map(
    (engine, i) =>
      `<rect x="${LEFT + 80 * i}" y="10" width="10" height="10" fill="${COLORS[engine]}"/>${text(LEFT + 80 * i + 14, 19, engine)}`,
  );
  const line = (LEFT + scale).toFixed(1);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 50} ${y + 10}" font-family="sans-serif" font-size="9">
<title>Share of the processor’s ceiling that each operation reaches, by engine</title>
<rect width="100%" height="100%" fill="#fff"/>
${legend.join('\n')}
<line x1="${line}" y1="24" x2="${line}" y2="${y}" stroke="#888" stroke-dasharray="3 3"/>
${text(line, y + 8, 'the ceiling', 'middle')}
${parts.join('\n')}
</svg>
`;
}
