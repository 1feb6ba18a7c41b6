import { expect, test } from 'vitest';
import { alignmentById } from '../src/apps/verbs/align.ts';
import { reductionById } from '../src/apps/verbs/reduce.ts';
import { gathered, type Matrix, matrix, rows as rowsOf } from '../src/core/matrix.ts';
import { Random } from '../src/core/random.ts';
import { chooseEngine, type Engine } from '../src/engine/index.ts';
import { chromiumMissing, launchChromium } from '../src/testing/chromium.ts';
import { pageServer } from './shared/page-server.ts';

interface Problem {
  readonly id: string;
  /** Rows of the cloud that are taken. */
  readonly n: number;
  readonly options: Readonly<Record<string, unknown>>;
}

const short = { earlySteps: 20, steps: 20 };

/** Options under which methods do what they do for many rows. */
const REDUCTIONS: readonly Problem[] = [
  { id: 'pca', n: 200, options: { dim: 3, solver: 'randomized' } },
  { id: 'mpad', n: 200, options: { dim: 2 } },
  { id: 'random-projection', n: 200, options: { dim: 4 } },
  { id: 'spherical-pca', n: 200, options: { dim: 3 } },
  { id: 'umap', n: 90, options: { epochs: 60 } },
  { id: 'spherical-umap', n: 90, options: { epochs: 60 } },
  { id: 'largevis', n: 90, options: { samples: 400, k: 30, perplexity: 8 } },
  // Enough rows for the mesh.
  { id: 'tsne', n: 4100, options: short },
  { id: 'rie-sne', n: 60, options: { ...short, target: 'sphere', perplexity: 8 } },
];
const ALIGNMENTS: readonly Problem[] = [
  { id: 'procrustes', n: 80, options: { scaled: true } },
  { id: 'affine', n: 80, options: {} },
  { id: 'cca-subspace', n: 80, options: {} },
  { id: 'relative', n: 80, options: { anchors: 12 } },
];

const PAGE = `<!doctype html><script type="module">
  import { alignmentById } from '/src/apps/verbs/align.ts';
  import { reductionById } from '/src/apps/verbs/reduce.ts';
  import { chooseEngine } from '/src/engine/index.ts';
  const engine = await chooseEngine('wasm', { threads: 1 });
  const asMatrix = ({ data, rows, cols }) => ({ data: Float32Array.from(data), rows, cols });
  window.reduced = async ({ id, options }, given) => {
    const points = asMatrix(given);
    const method = reductionById(id);
    const { points: map, model } = await method(points, options, { engine });
    const placed = await method.transform(model, points, { engine });
    return [[...map.data], [...placed.data]];
  };
  window.aligned = async ({ id, options }, a, b) => {
    const method = alignmentById(id);
    const { model } = await method({ a: asMatrix(a), b: asMatrix(b) }, options, { engine });
    const moved = await method.transform(model, asMatrix(a), 'a', { engine });
    return [...moved.data];
  };
</script>`;

/** A cloud of 5 columns, longer along the first. */
const cloud = (() => {
  const random = Random.fromSeed(3);
  const data = Float32Array.from({ length: 4100 * 5 }, (_, e) => (e % 5 ? 1 : 3) * random.normal());
  return matrix(data, 4100, 5);
})();
const first = (n: number): Matrix =>
  gathered(
    cloud,
    Array.from({ length: n }, (_, i) => i),
  );
/** The same with its columns mixed, and a little noise. */
const other = (n: number): Matrix => {
  const { data } = rowsOf(cloud, 0, n);
  const mixed = data.map((x, e) => x + 0.5 * data[e - (e % 5) + ((e + 2) % 5)] + 0.01 * (e % 7));
  return matrix(mixed, n, 5);
};
const plain = ({ data, rows, cols }: Matrix) => ({ data: [...data], rows, cols });

async function reducedHere({ id, n, options }: Problem, engine: Engine): Promise<number[][]> {
  const method = reductionById(id);
  const { points, model } = await method(first(n), options as never, { engine });
  const placed = await method.transform(model, first(n), { engine });
  return [[...points.data], [...placed.data]];
}

async function alignedHere({ id, n, options }: Problem, engine: Engine): Promise<number[]> {
  const method = alignmentById(id);
  const { model } = await method({ a: first(n), b: other(n) }, options as never, { engine });
  return [...(await method.transform(model, first(n), 'a', { engine })).data];
}

const skipped = chromiumMissing ? ` (skipped: ${chromiumMissing})` : '';

test(`maps and moved rows have the same bytes for one thread and two, and in a page${skipped}`, async () => {
  const engines = await Promise.all([1, 2].map((threads) => chooseEngine('wasm', { threads })));
  const server = chromiumMissing ? undefined : await pageServer('custom');
  const browser = server && (await launchChromium());
  try {
    const page = await browser?.newPage();
    if (server && page) {
      await server.listen();
      await page.route('**/page', (route) =>
        route.fulfill({ contentType: 'text/html', body: PAGE }),
      );
      await page.goto(`${server.resolvedUrls?.local[0]}page`);
      await page.waitForFunction('window.aligned');
    }
    const there = (call: string, ...given: unknown[]) =>
      page?.evaluate(`${call}(${given.map((value) => JSON.stringify(value)).join()})`);
    for (const problem of REDUCTIONS) {
      const [one, two] = [
        await reducedHere(problem, engines[0]),
        await reducedHere(problem, engines[1]),
      ];
      expect(two, problem.id).toEqual(one);
      if (page)
        expect(await there('reduced', problem, plain(first(problem.n))), problem.id).toEqual(one);
    }
    for (const problem of ALIGNMENTS) {
      const [one, two] = [
        await alignedHere(problem, engines[0]),
        await alignedHere(problem, engines[1]),
      ];
      expect(two, problem.id).toEqual(one);
      const pair = [plain(first(problem.n)), plain(other(problem.n))];
      if (page) expect(await there('aligned', problem, ...pair), problem.id).toEqual(one);
    }
  } finally {
    await browser?.close();
    await server?.close();
    for (const engine of engines) await engine.dispose();
  }
});
