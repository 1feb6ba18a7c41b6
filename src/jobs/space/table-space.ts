import type { KnnGraph } from '../../core/graph.ts';
import type { Matrix } from '../../core/matrix.ts';
import { once, onceEach } from '../../core/once.ts';
import { Random } from '../../core/random.ts';
import { unitRows } from '../../core/rows.ts';
import type { PairKernel } from '../../engine/kernels/pairwise-energy/contract.ts';
import { firstNeighbors, knownNeighbors } from '../../structures/neighbors/neighbor-lists.ts';
import { AbsentRowsError, absentRows } from '../../structures/space/absent-rows.ts';
import { lookPlan } from '../../structures/space/look-plan.ts';
import { singularValuesOf } from '../../structures/space/singular-values.ts';
import { someTrees } from '../../structures/space/some-trees.ts';
import { createSpace, factsOf, meanKernelOf } from '../../structures/space/space.ts';
import type { RowFacts, RowSample, Space } from '../../structures/space/types.ts';
import { covarianceFrom } from '../../structures/spectra/covariance.ts';
import { rowSpectrum } from '../../structures/spectra/row-spectrum.ts';
import { isCentered, isOfRawRows } from '../../structures/spectra/types.ts';
import { drawnRows } from './drawn-rows.ts';
import { exactLists } from './exact-lists.ts';
import { gatheredRows } from './gathered-rows.ts';
import { groupSpectra } from './group-spectra.ts';
import { nearestRows } from './nearest-rows.ts';
import { exactPairMean } from './pair-means.ts';
import { tableClassSums } from './table-class-sums.ts';
import { tableDraws } from './table-draws.ts';
import type { TableSums } from './table-sums.ts';
import type { TableWork } from './table-work.ts';

export interface TableSpaceOptions extends RowFacts {
  /** Of samples. */
  readonly seed: number;
  readonly exact: boolean;
  /** How many rows `sample` will be asked for. */
  readonly sampleRows: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A space whose rows lie in a sharded table: what is a sum over rows is summed shard by shard, neighbours of drawn rows
 * are found among all, drawn rows are gathered. The draws are those of `createSpace`. The rows themselves are absent:
 * whoever asks for them is to take a sample.
 */
export function tableSpace(work: TableWork, sums: TableSums, options: TableSpaceOptions): Space {
  const { engine, manifest } = work;
  const { numbers, norms } = sums;
  const { seed, exact, sampleRows, signal } = options;
  const [n, d] = [numbers.n, manifest.cols];
  const random = (name: string) => Random.fromSeed(seed).fork('space').fork(name);
  const looksAt = lookPlan(n, d, exact);
  const points = absentRows(n, d);
  const draws = tableDraws(n, d, { seed, exact, sampleRows });
  // Queries first: who finds their neighbours reads the shards anyway, and gathers the others beside them.
  const lists = draws.queries ? [draws.queries, ...draws.others] : draws.others;
  const drawn = drawnRows(
    work,
    lists.map((rows) => rows.map(numbers.inTable)),
  );
  const gather = (rows: Int32Array) => gatheredRows(work, numbers, rows, drawn);
  const controls = { signal };
  let graph: Promise<KnnGraph> | undefined;
  let known = 0;

  // All pairs of more rows than are looked at together elsewhere, asked for by `exact`.
  const isLong = exact && lookPlan(n, d, false).queries < n;
  const nearest = async (k: number): Promise<KnnGraph> => {
    if (isLong && numbers.invalid.length === 0) return exactLists(work, k);
    const all = looksAt.queries >= n;
    const rows = draws.queries ?? Int32Array.from({ length: n }, (_, i) => i);
    const found = await nearestRows(work, numbers, rows, k, drawn);
    return all ? { ...found, rows: undefined } : found;
  };
  const among = async (rows: Int32Array): Promise<Space> => {
    const raw = await gather(rows);
    const { points: unit, norms: own } = unitRows(work.name, raw);
    const facts = { raw, norms: own, seed, exact, ...factsOf(options, rows) };
    return createSpace(unit, engine, controls, facts);
  };
  const samples = onceEach(async (m: number): Promise<RowSample> => {
    const rows =
      m >= n ? Int32Array.from({ length: n }, (_, i) => i) : random('rows').sample(n, m).sort();
    return m >= n ? { space: await among(rows) } : { space: await among(rows), rows };
  });
  const means = onceEach(async (key: string) => {
    const kernel = JSON.parse(key) as PairKernel;
    const { pairRows } = looksAt;
    if (isLong && numbers.invalid.length === 0) return exactPairMean(work, kernel);
    if (pairRows >= n)
      return meanKernelOf((await samples(n)).space.points, kernel, engine, controls);
    const rows = await space.gather(random('pairs').sample(n, pairRows).sort());
    return meanKernelOf(rows, kernel, engine, controls);
  });
  const covariance = (of: 'unit' | 'raw') => {
    const { sum, gram } = sums[of];
    const mean = sum.map((value) => value / n);
    return covarianceFrom(n, mean, gram, engine.linalg);
  };
  const products = async (of: 'unit' | 'raw'): Promise<Matrix<Float64Array>> => {
    // XXᵀ is smaller there, and not known.
    if (n < d) throw new AbsentRowsError();
    return sums[of].gram;
  };
  const space: Space = {
    ...options,
    points,
    raw: points,
    norms,
    isFloat32: true,
    engine,
    exact,
    signal,
    random,
    async nearest(k) {
      if (!graph || k > known) {
        known = k;
        graph = nearest(k);
      }
      return firstNeighbors(knownNeighbors(await graph, points), k);
    },
    sample: (m) => samples(Math.min(m, n)),
    among,
    async gather(rows, of = 'unit') {
      const raw = await gather(rows);
      if (of === 'raw' || rows.length === 0) return raw;
      return unitRows(work.name, raw).points;
    },
    moments: async () => sums.unit,
    classSums: (numberings, classes) => tableClassSums(work, numbers, numberings, classes),
    flat: async () => {
      throw new AbsentRowsError();
    },
    gram: async () => sums.unit.gram,
    products,
    singularValues: once(() => singularValuesOf(space, controls)),
    covariance: once(() => covariance('unit')),
    rawCovariance: once(() => covariance('raw')),
    spectrum: onceEach((of) => rowSpectrum(space, of)),
    async groupSpectra(of) {
      const { plain, centered } = await groups(isOfRawRows(of) ? 'raw' : 'unit');
      return isCentered(of) ? centered : plain;
    },
    spanningTree: async () => (await trees()).whole,
    treesWithout: async () => (await trees()).without,
    rankings: async () => {
      throw new AbsentRowsError();
    },
    meanKernel: ({ shape, distance, scale }) => means(JSON.stringify({ shape, distance, scale })),
  };
  const groups = onceEach((of: 'unit' | 'raw') => groupSpectra(work, sums, of));
  const trees = once(() => someTrees(space, controls));
  return space;
}
