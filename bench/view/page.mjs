// docs/performance/view.md from the results of a run.

const thousands = (n) => n.toLocaleString('en-US');
const ms = (x) => (x < 9.95 ? x.toFixed(1) : thousands(Math.round(x)));
const mebibytes = (bytes) => Math.round(bytes / 2 ** 20);

const TITLES = { chromium: 'Chromium', firefox: 'Firefox' };

function frameRow({ contestant, error, first, median, p95, least, processors }) {
  if (error) return `| ${contestant} | this browser offers no WebGL2 here | | | | |`;
  const cells = [contestant, ms(processors), ms(median), ms(p95), ms(least), ms(first)];
  return `| ${cells.join(' | ')} |`;
}

/** A paragraph of how often the others take what the view takes. */
function ratiosOf(frames) {
  const of = (id) => frames.find(({ contestant, error }) => contestant === id && !error);
  const ratios = [
    ['view, map', 'WebGL2, map'],
    ['view, map', 'regl-scatterplot, map'],
    ['view, turning sphere', 'WebGL2, turning sphere'],
    ['view, turning sphere', 'three, turning sphere'],
  ]
    .filter(([own, other]) => of(own) && of(other))
    .map(
      ([own, other]) =>
        `${other} takes ${(of(other).processors / of(own).processors).toFixed(1)} times the processors of ${own}`,
    );
  return ratios.length > 0 ? `${ratios.join('; ')}.\n\n` : '';
}

function askedRow({ dims, rows, pick, pickP95, again, lasso, lassoP95 }) {
  const what = dims === 2 ? 'map' : 'sphere';
  const cells = [what, ms(pick), ms(pickP95), ms(again), ms(lasso), ms(lassoP95), thousands(rows)];
  return `| ${cells.join(' | ')} |`;
}

/** What the view shall do at a million points, and whether it did. */
function goals({ asked, rates, memory }) {
  const all = [
    ['30 pictures a second', Math.min(...rates.map(({ rate }) => rate)) >= 30],
    ['a pick after a move within 20 ms', Math.max(...asked.map(({ pick }) => pick)) < 20],
    ['a lasso within 150 ms', Math.max(...asked.map(({ lasso }) => lasso)) < 150],
    ['at most 400 MiB', memory.after <= 400 * 2 ** 20],
  ];
  const listed = (isMet) => all.filter(([, met]) => met === isMet).map(([goal]) => goal);
  return `Goals met (medians, map and sphere): ${listed(true).join(', ') || 'none'}. Missed: ${listed(false).join(', ') || 'none'}.`;
}

function section([name, { version, frames, asked, rates, memory }]) {
  const { before, after, heap } = memory;
  const arrays = heap
    ? ` Arrays of the page’s own thread are ${mebibytes(heap.buffers)} MiB of it.`
    : '';
  return `## ${TITLES[name]} (${version})

| | processors, ms a frame | clock, median ms | 95 % | least | first picture |
| --- | --- | --- | --- | --- | --- |
${frames.map(frameRow).join('\n')}

${ratiosOf(frames)}Pictures a second, one after the other as fast as they come: ${rates
    .map(({ dims, rate }) => `${Math.round(rate)} of the ${dims === 2 ? 'map' : 'sphere'}`)
    .join(', ')}.

| | pick after a move, ms | 95 % | pick again | lasso after a move | 95 % | rows in it |
| --- | --- | --- | --- | --- | --- | --- |
${asked.map(askedRow).join('\n')}

Memory of the processes that run pages: ${mebibytes(before)} MiB with an empty page, ${mebibytes(after)} MiB with the sphere, worker and canvas
included.${arrays}

${goals({ asked, rates, memory })}
`;
}

export function page({ results, n, frames, machine }) {
  const about = Object.values(results)[0].frames[0].about;
  return `# The view

\`\`\`
npm i --no-save --prefix build/peers regl-scatterplot@1.16.0 three@0.187.0
npm run build && node bench/view.mjs --rows ${n} --frames ${frames} --write
\`\`\`

${thousands(n)} points on 1200 × 800 pixels in headless browsers on two cores without a graphics card; the camera moves with every
frame, and a frame ends when the picture stands. Points of the map are 24 round groups, those of the sphere uniform, in
8 colors, a pixel each; others draw the same arrays, in a browser that is told to imitate WebGL2, which the view is not given. The view draws on ${about}.

The machine had other work all the time: a load of ${machine.load} on its two cores at the start and ${machine.loadAfter} at the end, so that the clock
shows a share of a core. What tells is the time of processors, of all processes of the browser together (the clock
of the kernel ticks every 10 ms, ${frames} frames), and the ratio of two of one run.

${Object.entries(results).map(section).join('\n')}
A pick places only the points of the strip of space that may lie under the pointer, after a move and again; a lasso, which
has 400 corners, finds the places of all points after a move.
`;
}
