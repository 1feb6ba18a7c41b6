const share = ({ value, low, high }) =>
  `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
const millions = (count) => (count === undefined ? '' : (count / 1e6).toFixed(count < 1e7 ? 1 : 0));
const shareLost = (lost) => (lost === undefined ? '' : lost.toPrecision(2));

const HEAD = [
  '| codec | bytes | recall@10 | squares lost | fit, s | coded, MB/s | one query | by decoding | many queries | by decoding |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
].join('\n');

function line({ name, bytes, recall, lost, fit, encode, ...speeds }) {
  const { alone, aloneDecoded, together, togetherDecoded } = speeds;
  const cells = [
    name,
    bytes,
    share(recall),
    shareLost(lost),
    Math.max(0, fit).toFixed(1),
    Math.round(encode),
    ...[alone, aloneDecoded, together, togetherDecoded].map(millions),
  ];
  return `| ${cells.join(' | ')} |`;
}

function section({ set, rows, cols, lines }) {
  const sorted = lines.toSorted((a, b) => b.bytes - a.bytes || b.recall.value - a.recall.value);
  return `## ${set}, ${rows.toLocaleString('en')} × ${cols}\n\n${[HEAD, ...sorted.map(line)].join('\n')}`;
}

/** The page of a run. */
export function page(sets, { command, machine, together, engine }) {
  return `# Codecs

Every codec at its bytes: how many of the ten nearest rows by cosine its codes keep, how fast it codes, and how fast queries
are compared with codes. Written by

\`\`\`
npm run build && ${command}
\`\`\`

on ${machine}; engine \`${engine}\`, one thread, faiss with one, too. Times are those of the processor. *Coded* counts the float32
bytes that go in. The last four columns are millions of products a second, of one query at a time and of
${together} together, by the codec itself and by decoding all rows and multiplying. faiss is timed with its search of the ten
largest products, so it sorts besides; its decoded rows are judged as ours are, with the same queries. It learns
from up to 256 rows a centroid, ours from up to 64; its OPQ is given 20 rounds, as many as ours takes at most. *Squares lost* is Σ‖x − x̂‖²/Σ‖x − μ‖², for
\`pq\` and \`opq\` of the rows they were fitted to.

${sets.map(section).join('\n\n')}
`;
}
