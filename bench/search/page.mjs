const number = (x, digits = 3) =>
  x === undefined || Number.isNaN(x) ? '' : String(Number(x.toPrecision(digits)));
const whole = (x) => Math.round(x).toLocaleString('en-US');

/** Queries a second at a recall, on the line (in the logarithm) between the points beside it; null out of reach. */
export function rateAt(curve, recall, count) {
  const at = curve.findIndex((point) => point.recall >= recall);
  if (at < 0) return null;
  const rate = ({ seconds }) => count / seconds;
  if (at === 0) return rate(curve[0]);
  const [a, b] = [curve[at - 1], curve[at]];
  const t = (recall - a.recall) / (b.recall - a.recall);
  return Math.exp((1 - t) * Math.log(rate(a)) + t * Math.log(rate(b)));
}

function* exactTable(runs, count) {
  yield '| exact | queries/s | × ours, native | recall |\n| --- | --- | --- | --- |';
  const ours = runs.find(({ name, curve }) => curve && name === 'tammes exact, native');
  for (const { name, why, curve } of runs.filter((run) => run.name.includes('exact'))) {
    if (why) yield `| ${name} | ${why} | | |`;
    else {
      const [{ seconds, recall }] = curve;
      const times = ours ? number(seconds / ours.curve[0].seconds) : '';
      yield `| ${name} | ${whole(count / seconds)} | ${times} | ${recall.toFixed(4)} |`;
    }
  }
}

function* graphTable(runs, count) {
  yield '| approximate | build, s | bytes, MiB | peak, MiB | queries/s at 0.95 | at 0.99 |';
  yield '| --- | --- | --- | --- | --- | --- |';
  for (const { name, why, build, bytes, peak, curve } of runs.filter(isApproximate)) {
    if (why) {
      yield `| ${name} | ${why} | | | | |`;
      continue;
    }
    const rates = [0.95, 0.99].map((recall) => {
      const rate = rateAt(curve, recall, count);
      return rate === null ? 'not reached' : whole(rate);
    });
    yield `| ${name} | ${number(build)} | ${number(bytes / 2 ** 20)} | ${number(peak)} | ${rates.join(' | ')} |`;
  }
}

const isApproximate = ({ name }) => !name.includes('exact');

function* curves(runs, count) {
  for (const { name, curve } of runs.filter((run) => isApproximate(run) && run.curve)) {
    const points = curve.map(
      ({ effort, recall, seconds }) => `${effort}: ${recall.toFixed(4)}, ${whole(count / seconds)}`,
    );
    yield `- ${name}: ${points.join('; ')}`;
  }
}

export function page(results, machine) {
  const parts = [
    `# Search beside hnswlib, usearch and numpy

Written by \`node bench/search.mjs --write\`, which measures anew on your machine (\`--help\` says how to have the peers).
This was: ${machine}.

Each contestant is a process of its own with one thread, asked all queries in one call where it has such a call. Rows
have length 1, and near is a large inner product. Times are of the processor, the least of three. Queries a second at
a recall lie between the two measured points beside it. Bytes are those of the index as it is stored, the peak that of
the whole process (a Node process has some 60 MiB before it begins). hnswlib is compiled with -O3 -march=native.`,
  ];
  for (const { name, n, d, count, k, runs } of results) {
    parts.push(`## ${name}: ${whole(n)} × ${d}, ${whole(count)} queries, k = ${k}`);
    parts.push([...exactTable(runs, count)].join('\n'));
    parts.push([...graphTable(runs, count)].join('\n'));
    parts.push('Effort: recall, queries a second:');
    parts.push([...curves(runs, count)].join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}
