// docs/performance/reductions.md from the results of a run.
import { SETS } from './sets.mjs';

const percent = (x) => `${(100 * x).toFixed(1)} %`;

function row({ name, seconds, cpuSeconds, trustworthiness, recall, why }) {
  if (why) return `| ${name} | ${why} | | | |`;
  const times = `${cpuSeconds.toFixed(1)} | ${seconds.toFixed(1)}`;
  return `| ${name} | ${times} | ${percent(trustworthiness)} | ${percent(recall)} |`;
}

/** How many times the processor time of our map the fastest peer in JavaScript takes. */
function ratio(results) {
  const known = (name) => results.find((result) => result.name === name)?.cpuSeconds;
  const ours = known('tammes umap, wasm × 1');
  const peers = [known('umap-js'), known('druid.js UMAP')].filter((time) => time !== undefined);
  if (!ours || peers.length === 0) return '';
  return `\nThe faster peer in JavaScript takes ${(Math.min(...peers) / ours).toFixed(1)} times the processor time of \`umap\` on wasm × 1.\n`;
}

/** `command` is what was run, `machine` where. */
export function page(all, command, machine) {
  const results = all.filter(({ why }) => why !== 'not built');
  const sets = [...new Set(results.map(({ set }) => set))].map((set) => {
    const own = results.filter((result) => result.set === set);
    const [{ n, d }] = own;
    return `## ${SETS[set].title}: ${n} × ${d}

| | processor seconds | seconds | trustworthiness | recall of 10 neighbours |
|---|---|---|---|---|
${own.map(row).join('\n')}
${ratio(own)}`;
  });
  return `# Maps beside their peers

\`\`\`
npm run build
npm i --prefix build/peers umap-js @saehrimnir/druidjs
${command}
\`\`\`

Everyone draws a map in the plane of the same rows with its usual settings (UMAP: 15 neighbours, minDist 0.1; a fixed seed), each
in a process of its own; reading, compiling and writing are not counted. Processor seconds are those of all threads: on a
machine with other work they are fairer than the clock. Quality is that of 500 rows at even distances: scikit-learn's
trustworthiness with 10 neighbours, and the share of a row's 10 nearest rows that are among the 10 nearest in the map.

Measured on ${machine}.

${sets.join('\n')}`;
}
