// docs/performance/map-growth.md from the results of a run.

const thousands = (n) => n.toLocaleString('en-US');
const seconds = (x) => (x < 9.95 ? x.toFixed(1) : Math.round(x).toString());
const mebibytes = (x) => thousands(Math.round(x));

function inWords(estimate) {
  if (!estimate) return '';
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((x) => x.toFixed(2));
  return `${value} (${low} to ${high})`;
}

function row({ method, n, search, layout, load }) {
  const cells = [
    `\`${method}\``,
    thousands(n),
    seconds(search.cpu),
    search.recall === 1 ? 'exact' : search.recall.toFixed(3),
    seconds(layout.cpu),
    seconds(search.cpu + layout.cpu),
    seconds(search.wall + layout.wall),
    load.toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

function largeRow({ method, n, d, facts, layout, memory }) {
  const own = memory.peak - memory.runtime;
  const cells = [
    `\`${method}\``,
    `${thousands(n)} × ${d}`,
    facts.epochs ?? '',
    seconds(layout.cpu),
    seconds(layout.wall),
    (facts.graphRecall ?? 1).toFixed(3),
    mebibytes(memory.data),
    mebibytes(memory.runtime),
    mebibytes(memory.peak),
    (own / memory.data).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

export function page({ all, growth, command, machine }) {
  const split = all.filter(({ search }) => search);
  const large = all.filter(({ search }) => !search);
  return `# How maps grow

\`\`\`
npm run build
${command}
\`\`\`

Maps in the plane of 200 made clusters, each along 20 directions of its own, with the usual settings of each method, one after
the other, each in a process of its own. Neighbours are compared exactly up to 40,000 + 700·k rows and searched for
beyond, with the recall shown ([how](neighbor-graph.md)). Processor seconds are those of all threads: where the machine has
other work (the load is that at the end of the map) they are what tells, not the clock, and even they grow with what others
take of the caches. Making the rows is not counted. \`umap\` makes 500 rounds up to 10,000 rows and 200 beyond;
\`tsne\` sums all pairs up to 4,000 rows and takes a mesh beyond.

Measured on ${machine}, engine ${split[0]?.engine ?? large[0]?.engine}.

| map | rows | neighbours, processor s | recall | layout, processor s | both | by the clock | load |
|---|--:|--:|--:|--:|--:|--:|--:|
${split.map(row).join('\n')}

Seconds grow as nᵇ; b with its 95 % interval, by least squares of the logarithms:

| map | neighbours | layout | both |
|---|---|---|---|
${growth
  .filter(({ whole }) => whole)
  .map(
    ({ method, search, layout, whole }) =>
      `| \`${method}\` | ${inWords(search)} | ${inWords(layout)} | ${inWords(whole)} |`,
  )
  .join('\n')}
${largePart(large)}`;
}

function largePart(large) {
  if (large.length === 0) return '';
  return `
## Memory

The peak of the whole process (VmHWM), that of the runtime after a map of 300 rows, and the rest as so many times the data. What
is made and held: the rows, their copy in the order of the search, the lists, the edges.

| map | rows | rounds | processor s | by the clock | recall | data, MiB | runtime | peak | times the data |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
${large.map(largeRow).join('\n')}
`;
}
