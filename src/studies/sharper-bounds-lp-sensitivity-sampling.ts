import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { rowNorms } from '../core/rows.ts';
import { Run } from '../core/run.ts';
import { pca } from '../families/reduction/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { sumOf } from '../numerics/statistics/averages.ts';
import { drawnRows } from '../structures/coresets/drawn-rows.ts';
import { leverageScores, lewisWeights } from '../structures/coresets/leverage.ts';
import { sensitivities } from '../structures/coresets/sensitivity.ts';
import {
  aboveBaseline,
  atMost,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  nearBaseline,
  type StudyContext,
} from './define.ts';

const D = 8;
const HEAVY = 12;
/** Draws of which the median counts. */
const DRAWN = 15;
const SIZES = [25, 35, 50, 71, 100, 141, 200, 283, 400, 566, 800, 1131, 1600, 2263, 3200];
const uniform = 'a uniform draw of as many rows';

export default defineStudy({
  paper: papers.sharperBoundsLpSensitivitySampling,
  methods: ['reduction/coreset'],
  claim:
    'Rows drawn in proportion to their ℓ_p sensitivities keep the ℓ_p size of every combination of the columns; how many are needed grows with the total sensitivity, not with the number of rows.',
  data: [
    {
      name: '3,000 words of the GloVe slice in 8 principal components, and 12 rare rows ten times as long as they are on average, in random directions',
      source: 'dataset:glove; rows and directions by seed',
      licence: 'PDDL; planted',
    },
  ],
  lines: {
    one: {
      claim:
        'With p = 1, 100 draws: the worst error over 400 directions is below that of a uniform draw',
      baseline: uniform,
      holds: belowBaseline(),
    },
    oneAndHalf: {
      claim: 'With p = 1.5, 1,000 draws: likewise',
      baseline: uniform,
      holds: belowBaseline(),
    },
    three: {
      claim: 'With p = 3, 1,000 draws: it is at most a third of that of a uniform draw',
      baseline: uniform,
      holds: atMostTimesBaseline(1 / 3),
    },
    totalOne: { claim: 'The total sensitivity at p = 1 is at most d = 8', holds: atMost(D) },
    totalThree: { claim: 'At p = 3 it is at most d^(3/2) = 22.6', holds: atMost(D ** 1.5) },
    rootLeverage: {
      claim: 'Root leverage scores do as well at p = 1, to 0.05',
      baseline: 'sensitivities',
      holds: nearBaseline(0.05),
    },
    lewisOneAndHalf: {
      claim: 'Lewis weights do as well at p = 1.5, to 0.02',
      baseline: 'sensitivities',
      holds: nearBaseline(0.02),
    },
    lewisThree: {
      claim: 'Lewis weights do as well at p = 3, to 0.1',
      baseline: 'sensitivities',
      holds: nearBaseline(0.1),
    },
    rows: {
      claim: 'Four times the rows need at most 1.3 times the draws for an error of 0.2, p = 1.5',
      baseline: '750 words',
      holds: atMostTimesBaseline(1.3),
    },
    total: {
      claim: 'At p = 3, where the total is larger, more draws are needed for an error of 0.2',
      baseline: 'p = 1.5',
      holds: aboveBaseline(),
    },
  },
  readings: {
    totalOneAndHalf: { title: 'Total sensitivity, p = 1.5' },
    leverageThree: { title: 'Worst error of leverage scores, p = 3, 1,000 draws' },
    lewisOne: { title: 'Worst error of Lewis weights, p = 1, 100 draws' },
    rootLeverageOneAndHalf: { title: 'Worst error of root leverage scores, p = 1.5, 1,000 draws' },
    keptThree: { title: 'Different rows among 1,000 draws by sensitivity, p = 3' },
    uniformNeeded: { title: 'Uniform draws for an error of 0.2, p = 1.5' },
  },
  curves: {
    title: 'Worst error of 400 directions by the number of draws, p = 1.5',
    x: 'draws',
    y: 'worst relative error',
    logX: true,
    logY: true,
  },
  deviations: [
    'The paper proves bounds and reports no experiment: data, directions and sizes are ours.',
    'A fixed number of draws with replacement; the paper takes each row at its own odds.',
    'The worst of 400 directions, normal ones and ones near the rarest rows, stands for that of all.',
  ],
  async run(study) {
    const { quick, tick } = study;
    const n = quick ? 300 : 3000;
    const points = await heavyRows(study, n);
    const directions = directionsOf(points, study.random.fork('directions'), quick ? 60 : 400);
    const at = async (p: number) => judgeOf(study, points, directions, p);
    const one = await at(1);
    await tick(0.6);
    const oneAndHalf = await at(1.5);
    const three = await at(3);
    await tick(0.8);
    const fewer = await heavyRows(study, n / 4);
    const fewerJudged = await judgeOf(
      study,
      fewer,
      directionsOf(fewer, study.random.fork('directions'), directions.length),
      1.5,
    );
    const [few, many] = quick ? [50, 200] : [100, 1000];
    const error = (judge: Judge, kind: Kind, draws: number) => judge.error(kind, draws);
    const needed = oneAndHalf.needed('sensitivity');
    return {
      one: { value: error(one, 'sensitivity', few), baseline: error(one, 'uniform', few) },
      oneAndHalf: {
        value: error(oneAndHalf, 'sensitivity', many),
        baseline: error(oneAndHalf, 'uniform', many),
      },
      three: { value: error(three, 'sensitivity', many), baseline: error(three, 'uniform', many) },
      totalOne: one.total,
      totalThree: three.total,
      rootLeverage: {
        value: error(one, 'root leverage', few),
        baseline: error(one, 'sensitivity', few),
      },
      lewisOneAndHalf: {
        value: error(oneAndHalf, 'Lewis', many),
        baseline: error(oneAndHalf, 'sensitivity', many),
      },
      lewisThree: {
        value: error(three, 'Lewis', many),
        baseline: error(three, 'sensitivity', many),
      },
      rows: { value: needed, baseline: fewerJudged.needed('sensitivity') },
      total: { value: three.needed('sensitivity'), baseline: needed },
      totalOneAndHalf: oneAndHalf.total,
      leverageThree: error(three, 'leverage', many),
      lewisOne: error(one, 'Lewis', few),
      rootLeverageOneAndHalf: error(oneAndHalf, 'root leverage', many),
      keptThree: three.kept(many),
      uniformNeeded: oneAndHalf.needed('uniform'),
      curves: Object.fromEntries(
        (['uniform', 'sensitivity', 'Lewis'] as const).map((kind) => [
          kind,
          { x: SIZES, y: SIZES.map((draws) => oneAndHalf.error(kind, draws)) },
        ]),
      ),
    };
  },
});

type Kind = 'uniform' | 'sensitivity' | 'Lewis' | 'leverage' | 'root leverage';

interface Judge {
  /** Total sensitivity. */
  readonly total: number;
  /** The worst relative error of ‖Ax‖_p^p over the directions, median of all draws. */
  error(kind: Kind, draws: number): number;
  /** The fewest draws of SIZES that bring the error to 0.2. */
  needed(kind: Kind): number;
  /** Different rows that are kept by sensitivity. */
  kept(draws: number): number;
}

async function judgeOf(
  { engine, random, signal }: StudyContext,
  points: Matrix,
  directions: readonly Float64Array[],
  p: number,
): Promise<Judge> {
  const tools = { engine, work: { signal }, run: new Run({ signal }) };
  const leverage = await leverageScores(points, tools);
  const scores: Record<Kind, Float64Array> = {
    uniform: new Float64Array(points.rows).fill(1),
    sensitivity: await sensitivities(points, p, tools),
    Lewis: await lewisWeights('study', points, p, tools),
    leverage,
    'root leverage': leverage.map((score) => score ** (p / 2)),
  };
  const sizes = directions.map((x) => sizesAlong(points, x, p));
  const wholes = sizes.map(sumOf);
  const draw = (kind: Kind, draws: number, at: number) =>
    drawnRows(scores[kind], draws, random.fork(`${kind} ${p}`).fork(draws).fork(at));
  const error = (kind: Kind, draws: number) => {
    const worst = Array.from({ length: DRAWN }, (_, at) => {
      const { rows, weights } = draw(kind, draws, at);
      return sizes.reduce((most, own, x) => {
        const size = rows.reduce((sum, row, k) => sum + weights[k] * own[row], 0);
        return Math.max(most, Math.abs(size / wholes[x] - 1));
      }, 0);
    });
    return worst.sort((a, b) => a - b)[DRAWN >> 1];
  };
  return {
    total: sumOf(scores.sensitivity),
    error,
    needed: (kind) => SIZES.find((draws) => error(kind, draws) <= 0.2) ?? 2 * (SIZES.at(-1) ?? 0),
    kept: (draws) => draw('sensitivity', draws, 0).rows.length,
  };
}

/** n words in principal components, then the rare rows. */
async function heavyRows({ random, engine }: StudyContext, n: number): Promise<Matrix> {
  const { points: all } = await loadGlove();
  const words = gathered(all, random.fork('words').sample(all.rows, n));
  const { points } = await pca(words, { dim: D }, { engine });
  const length = Math.sqrt(sumOf(rowNorms(points).map((norm) => norm * norm)) / n);
  const data = new Float32Array((n + HEAVY) * D);
  data.set(points.data);
  const stream = random.fork('heavy');
  for (let i = n; i < n + HEAVY; i++)
    data.set(
      unit(stream).map((x) => 10 * length * x),
      i * D,
    );
  return matrix(data, n + HEAVY, D);
}

/** Half of them normal, half within a tenth of the direction in which a rare row is longest against the others. */
function directionsOf(points: Matrix, random: Random, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, at) => {
    const x = unit(random);
    if (at % 2 === 0) return x;
    const row = points.rows - HEAVY + ((at >> 1) % HEAVY);
    const own = points.data.subarray(row * D, (row + 1) * D);
    const norm = Math.hypot(...own);
    return x.map((value, c) => own[c] / norm + 0.1 * value);
  });
}

function unit(random: Random): Float64Array {
  const x = Float64Array.from({ length: D }, () => random.normal());
  const norm = Math.hypot(...x);
  return x.map((value) => value / norm);
}

/** |aᵢx|^p of each row. */
function sizesAlong({ data, rows: n }: Matrix, x: Float64Array, p: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let along = 0;
    for (let c = 0; c < D; c++) along += data[i * D + c] * x[c];
    return Math.abs(along) ** p;
  });
}
