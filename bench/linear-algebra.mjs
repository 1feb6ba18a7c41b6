// The decompositions beside numpy's: `npm run build && node bench/linear-algebra.mjs [--json]`.
//
// All take turns in one run, so that whatever else the machine does meets all of them; times are the
// least of the rounds. Processor time, where one thread works, is less disturbed by other work than
// the clock. The peer is the better of one and two BLAS threads.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { chooseEngine } from '../dist/engine/index.js';
import { referenceEngine } from '../dist/engine/reference.js';
import { assignRows } from '../dist/numerics/solvers/assignment.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '12' },
    engines: { type: 'string', default: 'native,wasm' },
    threads: { type: 'string', default: '1,2' },
    only: { type: 'string', default: '' },
    python: { type: 'string', default: process.env.PYTHON ?? 'python3' },
  },
});
const rounds = Number(values.rounds);

/** The same matrices in JavaScript and in Python: a linear congruential generator. */
function uniform(count) {
  let state = 1;
  return Float64Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31 - 0.5;
  });
}

function general(n, d) {
  return { data: uniform(n * d), rows: n, cols: d };
}

function symmetric(n, diagonal = 0) {
  const a = general(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) a.data[i * n + j] = a.data[j * n + i];
    a.data[i * n + i] += diagonal;
  }
  return a;
}

/** A B or A Bᵀ, and each column of A times a factor, in float64. */
const multiply = (a, b, transposeB) => referenceEngine.matmul(a, b, transposeB);
const scaled = (a, s) => ({ ...a, data: a.data.map((x, i) => x * s[i % a.cols]) });
const transposed = ({ data, rows, cols }) => ({
  data: data.map((_, i) => data[(i % rows) * cols + Math.floor(i / rows)]),
  rows: cols,
  cols: rows,
});

/** `flops` only where the count does not depend on the algorithm; `image` is A again. */
const operations = [
  {
    name: 'eigh',
    matrix: symmetric(768),
    run: (linalg, a) => linalg.eigh(a),
    image: (x) => multiply(scaled(transposed(x.vectors), x.values), x.vectors),
    peer: 'lambda a: numpy.linalg.eigh(a)',
  },
  {
    name: 'symmetricEigenvalues',
    matrix: symmetric(768),
    run: (linalg, a) => linalg.symmetricEigenvalues(a),
    peer: 'lambda a: numpy.linalg.eigvalsh(a)',
  },
  {
    name: 'svd',
    matrix: general(2000, 300),
    run: (linalg, a) => linalg.svd(a),
    image: ({ u, s, v }) => multiply(scaled(u, s), v, true),
    peer: 'lambda a: numpy.linalg.svd(a, full_matrices=False)',
  },
  {
    name: 'svd',
    matrix: general(768, 768),
    run: (linalg, a) => linalg.svd(a),
    image: ({ u, s, v }) => multiply(scaled(u, s), v, true),
    peer: 'lambda a: numpy.linalg.svd(a, full_matrices=False)',
  },
  {
    name: 'singularValues',
    matrix: general(2000, 300),
    run: (linalg, a) => linalg.singularValues(a),
    peer: 'lambda a: numpy.linalg.svd(a, compute_uv=False)',
  },
  {
    name: 'qr',
    matrix: general(2000, 300),
    run: (linalg, a) => linalg.qr(a),
    image: ({ q, r }) => multiply(q, r),
    peer: 'lambda a: numpy.linalg.qr(a)',
    flops: 4 * 300 ** 2 * (2000 - 100),
  },
  {
    name: 'cholesky',
    matrix: symmetric(768, 768),
    run: (linalg, a) => linalg.cholesky(a),
    image: (l) => multiply(l, l, true),
    peer: 'lambda a: numpy.linalg.cholesky(a)',
    flops: 768 ** 3 / 3,
  },
  {
    name: 'assignRows',
    matrix: general(1000, 1000),
    plain: (a) => assignRows(a),
    peer: 'lambda a: scipy.optimize.linear_sum_assignment(a)',
  },
].filter(({ name }) => name.includes(values.only));

const SCRIPT = `
import sys, time, numpy
try:
    import scipy.optimize
except ImportError:
    scipy = None
state, count = 1, max(int(n) for n in sys.argv[1].split(','))
stream = numpy.empty(count)
for i in range(count):
    state = (state * 1103515245 + 12345) % 2**31
    stream[i] = state / 2**31 - 0.5
def general(n, d):
    return stream[: n * d].reshape(n, d).copy()
def symmetric(n, diagonal):
    a = general(n, n)
    return numpy.triu(a) + numpy.triu(a, 1).T + diagonal * numpy.eye(n)
print(numpy.__version__ + (', scipy ' + scipy.__version__ if scipy else ''), flush=True)
cases = {}
for line in sys.stdin:
    if line not in cases:
        n, d, kind, source = line.rstrip().split(' ', 3)
        n, d = int(n), int(d)
        matrix = general(n, d) if kind == 'general' else symmetric(n, float(kind))
        cases[line] = (eval(source), matrix)
    run, matrix = cases[line]
    wall, busy = time.perf_counter(), time.process_time()
    try:
        run(matrix)
    except AttributeError:
        print('nan nan', flush=True)
        continue
    print((time.perf_counter() - wall) * 1e3, (time.process_time() - busy) * 1e3, flush=True)
`;

/** A Python that answers with the milliseconds of one run, by the clock and of the processor. */
async function startPeer(threads) {
  const wide =
    existsSync('/proc/cpuinfo') && readFileSync('/proc/cpuinfo', 'utf8').includes('avx512f');
  const env = {
    ...process.env,
    OPENBLAS_NUM_THREADS: String(threads),
    // OpenBLAS takes half the width of processors that it does not know.
    ...(wide ? { OPENBLAS_CORETYPE: 'SkylakeX' } : {}),
  };
  const sizes = operations.map(({ matrix }) => matrix.data.length).join(',');
  const child = spawn(values.python, ['-c', SCRIPT, sizes], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = [];
  child.on('error', () => waiting.shift()?.(undefined));
  child.on('close', () => waiting.shift()?.(undefined));
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  const answer = () => new Promise((resolve) => waiting.push(resolve));
  const version = await answer();
  if (version === undefined) return undefined;
  return {
    threads,
    version,
    async time({ matrix, name, peer }) {
      const square = name === 'cholesky' ? matrix.rows : 0;
      const kind = /^(eigh|symmetric|cholesky)/.test(name) ? String(square) : 'general';
      child.stdin.write(`${matrix.rows} ${matrix.cols} ${kind} ${peer}\n`);
      return (await answer()).split(' ').map(Number);
    },
    end: () => child.stdin.end(),
  };
}

async function timed(run) {
  const busy = process.cpuUsage();
  const start = performance.now();
  await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(busy);
  return [wall, (user + system) / 1e3];
}

const engines = [];
for (const name of values.engines.split(',')) {
  for (const threads of values.threads.split(',').map(Number)) {
    try {
      engines.push(await chooseEngine(name, { threads }));
    } catch (error) {
      console.error(error.message);
    }
  }
}
const peers = (await Promise.all([1, 2].map(startPeer))).filter(Boolean);
if (peers.length === 0) console.error(`No ratios: ${values.python} has no numpy.`);

/** Round after round, each contestant once: for each the least of its times. */
async function least(contestants) {
  const best = contestants.map(() => [Infinity, Infinity]);
  for (let round = 0; round < rounds; round++) {
    for (const [i, run] of contestants.entries()) {
      const times = await run();
      for (const [t, ms] of times.entries()) best[i][t] = Math.min(best[i][t], ms);
    }
  }
  return best;
}

/** max |A − image| / max |A|. */
async function residualOf({ matrix, run, image }, { linalg }) {
  const { data } = await image(await run(linalg, matrix));
  let [error, size] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    error = Math.max(error, Math.abs(data[i] - matrix.data[i]));
    size = Math.max(size, Math.abs(matrix.data[i]));
  }
  return error / size;
}

const rows = [];
for (const operation of operations) {
  const { name, matrix, run, plain, flops } = operation;
  const ours = plain
    ? [{ engine: 'plain', threads: 1, run: () => plain(matrix) }]
    : engines.map((engine) => ({
        engine: engine.name,
        threads: engine.threads,
        run: () => run(engine.linalg, matrix),
        source: engine,
      }));
  const contestants = [
    ...ours.map((one) => () => timed(one.run)),
    ...peers.map((peer) => () => peer.time(operation)),
  ];
  const best = await least(contestants);
  const theirs = best.slice(ours.length);
  const fastest = theirs.length > 0 ? Math.min(...theirs.map(([wall]) => wall)) : undefined;
  for (const [i, { engine, threads, source }] of ours.entries()) {
    const [ms, cpuMs] = best[i];
    rows.push({
      operation: name,
      engine,
      n: matrix.rows,
      d: matrix.cols,
      threads,
      ms,
      cpuMs,
      gflops: flops ? flops / ms / 1e6 : undefined,
      ceilingRatio: undefined,
      peerRatio: fastest ? ms / fastest : undefined,
      peerCpuRatio: threads === 1 && theirs[0] ? cpuMs / theirs[0][1] : undefined,
      residual: operation.image && (await residualOf(operation, source)),
      peer: peers[0] && `numpy ${peers[0].version}`,
      peerMs: fastest,
    });
  }
}

function shown(row) {
  const { operation, engine, n, d, threads, ms, gflops } = row;
  const number = (x, digits = 2) => (Number.isFinite(x) ? x.toFixed(digits) : '–');
  const ours = [
    operation,
    `${n} × ${d}`,
    `${engine} × ${threads}`,
    number(ms, 1),
    number(gflops, 1),
  ];
  const theirs = [number(row.peerMs, 1), number(row.peerRatio), number(row.peerCpuRatio)];
  return [...ours, ...theirs, row.residual?.toExponential(0) ?? '–'].join(' | ');
}

if (values.json) {
  console.log(JSON.stringify(rows, null, 1));
} else {
  const [processor] = cpus();
  console.log(
    `${cpus().length} × ${processor.model}, Node ${process.version}, ${rows[0]?.peer ?? ''}`,
  );
  console.log(
    'operation | size | engine | ms | GFLOP/s | numpy ms | ratio | ratio of processor times | residual',
  );
  for (const row of rows) console.log(shown(row));
}
for (const engine of engines) await engine.dispose();
for (const peer of peers) peer.end();
