import { OptionError } from '../../core/errors.ts';
import type { KnnGraph } from '../../core/graph.ts';
import { gathered, type Matrix } from '../../core/matrix.ts';
import { once, onceEach } from '../../core/once.ts';
import { Random } from '../../core/random.ts';
import { rowNorms } from '../../core/rows.ts';
import { transposed } from '../../core/transposed.ts';
import type { Engine, Work } from '../../engine/engine.ts';
import type { PairKernel } from '../../engine/kernels/pairwise-energy/contract.ts';
import { standardized } from '../../numerics/rows/centered.ts';
import { type Estimate, meanEstimate } from '../../numerics/statistics/intervals.ts';
import { firstNeighbors, knownNeighbors, withoutSelf } from '../neighbors/neighbor-lists.ts';
import { rankings } from '../retrieval/rankings.ts';
import { covarianceOf } from '../spectra/covariance.ts';
import { groupsOf, rowSpectrum } from '../spectra/row-spectrum.ts';
import { isCentered, isOfRawRows } from '../spectra/types.ts';
import { spanningTreeOf, TREE_ROWS } from '../trees/spanning-tree.ts';
import { lookPlan } from './look-plan.ts';
import { singularValuesOf } from './singular-values.ts';
import { someTrees } from './some-trees.ts';
import type { RowFacts, RowSample, Space } from './types.ts';

export interface SpaceFacts extends RowFacts {
  /** The rows before they were scaled; default: the points themselves. */
  readonly raw?: Matrix | undefined;
  readonly norms?: Float64Array | undefined;
  /** Neighbours found before. */
  readonly neighbors?: KnnGraph | undefined;
  /** Never sample. Default false. */
  readonly exact?: boolean | undefined;
  /** Of samples. Default 0. */
  readonly seed?: number | undefined;
}

/** A `Space` of unit rows; long operations get `work`, so they report and can be stopped. */
export function createSpace(
  points: Matrix,
  engine: Engine,
  work: Work = {},
  facts: SpaceFacts = {},
): Space {
  const { raw = points, norms = rowNorms(raw), neighbors, exact = false, seed = 0 } = facts;
  const { rows: n, cols: d } = points;
  const random = (name: string) => Random.fromSeed(seed).fork('space').fork(name);
  const looksAt = lookPlan(n, d, exact);
  const means = new Map<string, Promise<Estimate>>();
  let graph = neighbors && Promise.resolve(knownNeighbors(neighbors, points));
  let known = neighbors?.k ?? 0;

  const search = async (k: number): Promise<KnnGraph> => {
    if (looksAt.queries >= n) return engine.nearest(points, k, work);
    const rows = random('queries').sample(n, looksAt.queries).sort();
    const lists = await engine.nearestAmong(gathered(points, rows), points, k + 1, work);
    return withoutSelf(lists, rows);
  };
  const unitGroups = once(async () =>
    groupsOf(points, await space.products('unit'), { plain: true, centered: true }, engine),
  );
  const rawGroups = onceEach(async (centered: boolean) =>
    groupsOf(raw, await space.products('raw'), { plain: !centered, centered }, engine),
  );
  const trees = once(() => someTrees(space, work));
  const samples = new Map<number, Promise<RowSample>>();
  const sampleOf = async (m: number): Promise<RowSample> => {
    const rows = random('rows').sample(n, m).sort();
    return { space: await space.among(rows), rows };
  };
  const space: Space = {
    points,
    raw,
    norms,
    isFloat32: points.data instanceof Float32Array,
    engine,
    exact,
    signal: work.signal,
    classes: facts.classes,
    frequencies: facts.frequencies,
    scores: facts.scores,
    answers: facts.answers,
    datastore: facts.datastore,
    random,
    async nearest(k) {
      if (!graph || k > known) {
        known = k;
        graph = search(k);
      }
      return firstNeighbors(await graph, k);
    },
    async sample(m) {
      if (exact || m >= n) return { space };
      const drawn = samples.get(m) ?? sampleOf(m);
      samples.set(m, drawn);
      return drawn;
    },
    gather: async (rows, of = 'unit') => gathered(of === 'raw' ? raw : points, rows),
    async among(rows) {
      const known = { raw: gathered(raw, rows), seed, exact, ...factsOf(facts, rows) };
      return createSpace(gathered(points, rows), engine, work, known);
    },
    flat: once(async () => createSpace(standardized(raw), engine, work, { seed, exact })),
    gram: once(async () => engine.gram(points, work)),
    products: onceEach(async (of) => {
      if (of === 'unit' && n >= d) return space.gram();
      const rows = of === 'raw' ? raw : points;
      return engine.gram(n < d ? transposed(rows) : rows, work);
    }),
    singularValues: once(() => singularValuesOf(space, work)),
    covariance: once(async () => covarianceOf(points, await space.gram(), engine.linalg)),
    rawCovariance: once(async () => {
      const gram = n < d ? engine.gram(raw, work) : space.products('raw');
      return covarianceOf(raw, await gram, engine.linalg);
    }),
    spanningTree: once(async () => {
      if (exact && n > TREE_ROWS) return spanningTreeOf(points, work);
      return (await trees()).whole;
    }),
    treesWithout: async () => (await trees()).without,
    groupSpectra: async (of) => {
      const { plain, centered } = await (isOfRawRows(of)
        ? rawGroups(isCentered(of))
        : unitGroups());
      return isCentered(of) ? centered : plain;
    },
    spectrum: onceEach((of) => rowSpectrum(space, of)),
    rankings: once(async () => {
      if (!facts.answers) throw new OptionError('rankings', 'answers', 'known', undefined);
      return rankings(facts.answers, points, engine);
    }),
    meanKernel(kernel) {
      const key = `${kernel.shape} ${kernel.distance} ${kernel.scale}`;
      let mean = means.get(key);
      if (!mean) {
        const rows = looksAt.pairRows;
        const sampled =
          rows < n ? gathered(points, random('pairs').sample(n, rows).sort()) : points;
        mean = meanKernelOf(sampled, kernel, engine, work);
        means.set(key, mean);
      }
      return mean;
    },
  };
  return space;
}

/** U = 2/(n(n−1)) Σ_{i<j} k(xᵢ, xⱼ); its variance by Hoeffding: 4/n times that of the row means. */
export async function meanKernelOf(
  points: Matrix,
  kernel: PairKernel,
  engine: Engine,
  work: Work,
): Promise<Estimate> {
  const n = points.rows;
  const { sum, rowSums } = await engine.pairwiseEnergy(points, kernel, null, work);
  const { standardError } = meanEstimate(rowSums.map((rowSum) => rowSum / (n - 1)));
  return { value: sum / ((n * (n - 1)) / 2), standardError: 2 * standardError };
}

/** What is known of some rows. */
export function factsOf(
  { classes, frequencies, scores, datastore }: RowFacts,
  rows: Int32Array,
): RowFacts {
  return {
    datastore,
    classes: classes && Array.from(rows, (i) => classes[i]),
    frequencies: frequencies && Float64Array.from(rows, (i) => frequencies[i]),
    scores: scores && Float64Array.from(rows, (i) => scores[i]),
  };
}
