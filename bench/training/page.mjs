import { PROBLEMS } from './problems.mjs';

const short = (ms) => ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0);

/** A row for each contestant; ratios of processor times to PyTorch's on one thread and to jax-js. */
export function table(rows, { megaflops }) {
  const cpuOf = (start) => rows.find(({ name }) => name.startsWith(start))?.bestCpuMs;
  const torch = rows.find(({ name }) => /^PyTorch.*1$/.test(name))?.bestCpuMs;
  const jax = cpuOf('jax-js');
  const over = (a, b) => (a && b ? (a / b).toFixed(2) : '–');
  return [
    '| | median ms | least ms | processor ms, median | least | GFLOP/s | by PyTorch × 1 | jax-js by it |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(
      ({ name, ms, best, cpuMs, bestCpuMs }) =>
        `| ${name} | ${short(ms)} | ${short(best)} | ${short(cpuMs)} | ${short(bestCpuMs)} | ${short(megaflops / bestCpuMs)} | ${over(bestCpuMs, torch)} | ${over(jax, bestCpuMs)} |`,
    ),
  ].join('\n');
}

export function regularizerTable(rows) {
  const plain = new Map(
    rows.filter(({ model }) => model.endsWith('-none')).map((row) => [row.name, row.bestCpuMs]),
  );
  return [
    '| regulariser | engine | processor ms, least | added |',
    '|---|---|---|---|',
    ...rows.map(({ model, name, bestCpuMs }) => {
      const added = (bestCpuMs / plain.get(name) - 1) * 100;
      return `| ${model.replace('regularized-', '')} | ${name.replace('tammes ', '')} | ${short(bestCpuMs)} | ${added.toFixed(0)} % |`;
    }),
  ].join('\n');
}

/** Medians by the clock, for each contestant the better of its numbers of threads. */
export function clockTable(rows) {
  const lines = Object.entries(PROBLEMS).map(([model, { title }]) => {
    const best = (start) =>
      Math.min(
        ...rows
          .filter((row) => row.model === model && row.name.startsWith(start))
          .map(({ ms }) => ms),
      );
    const [native, wasm, torch, jax] = ['tammes native', 'tammes wasm', 'PyTorch', 'jax-js'].map(
      best,
    );
    const over = (a, b) => (Number.isFinite(a / b) ? (a / b).toFixed(2) : '–');
    return `| ${title} | ${[native, wasm, torch, jax].map(short).join(' | ')} | ${over(native, torch)} | ${over(jax, native)} | ${over(jax, wasm)} |`;
  });
  return [
    '| | native ms | WASM ms | PyTorch ms | jax-js ms | native by PyTorch | jax-js by native | jax-js by WASM |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

export function page({ machine, loads, rows, added, rounds, steps }) {
  const sections = Object.entries(PROBLEMS).map(
    ([model, problem]) =>
      `## ${problem.title}\n\n${problem.megaflops.toFixed(0)} MFLOP in products.\n\n${table(
        rows.filter((row) => row.model === model),
        problem,
      )}`,
  );
  return `# A training step

\`\`\`
npm run build
npm i --no-save --prefix build/peers @jax-js/jax @tensorflow/tfjs @tensorflow/tfjs-backend-wasm
node bench/training.mjs --peers build/peers --write
\`\`\`

Forward, backward and AdamW. Everybody in a process of its own, in turns of ${steps} steps, ${rounds} rounds, after three
steps to warm up. Measured on ${machine} (${loads} processes wanted the processors). By the clock, medians, each with
the better of one and two threads:

${clockTable(rows)}

The tables below have all of it. Their ratios and GFLOP/s are of the least processor times of a turn, which hold on a
busy machine, too; a ratio to PyTorch below 1 is faster than PyTorch on one thread.

${sections.join('\n\n')}

## What a regulariser adds

MLP 784-512-128-10 at batch 512; the regulariser acts on the 128 columns before the last layer, as unit rows.

${regularizerTable(added)}

## How

- **Products** take transposed factors, write into given memory and add the bias while the rows are near.
- **A convolution** is a product of what windows see, gathered a block at a time: no patches are stored. On the way
  back at stride 1 it is one with the kernel turned round.
- **relu, gelu, softmax, max pooling** are engine operations: plain loops lost more to branches on random signs and to
  \`Math.exp\` than a model's products took.
- TensorFlow.js has no gradient of convolutions and lookups on WebAssembly, so it trains the MLP alone; jax-js looks
  tokens up by one-hot rows, since its gradient of \`take\` fails under \`jit\`.
`;
}
