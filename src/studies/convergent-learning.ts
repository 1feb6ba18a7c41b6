import { gathered, type Matrix, matrix, rows } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import type { Engine } from '../engine/index.ts';
import {
  createPair,
  linearPrediction,
  matchedUnits,
  type PairInput,
  sparsePrediction,
  unitGrouping,
  unitGroups,
  unitMatching,
  unitMutualInformation,
} from '../families/comparisons/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { qr } from '../numerics/decompositions/index.ts';
import {
  aboveBaseline,
  atLeast,
  atMost,
  belowBaseline,
  defineStudy,
  notBelowBaseline,
} from './define.ts';

/** Units that both nets have alike, turned in blocks of three, turned in one block, and apart. */
const ONE = 12;
const FEW = { blocks: 4, size: 3 } as const;
const MANY = 12;
const PRIVATE = 8;
const WIDTH = ONE + FEW.blocks * FEW.size + MANY + PRIVATE;
/** Of unit variance, to units of about that. */
const NOISE = 0.3;
const GROUPS = ONE + FEW.blocks + 1 + 2 * PRIVATE;
const COUNTS = [1, 2, 3, 5, 8, 12];
/** Units of the untrained nets. */
const HIDDEN = { full: 64, quick: 20 };

type Kind = 'one' | 'few' | 'many' | 'own';

const columnsOf: Readonly<Record<Kind, readonly [number, number]>> = {
  one: [0, ONE],
  few: [ONE, ONE + FEW.blocks * FEW.size],
  many: [ONE + FEW.blocks * FEW.size, WIDTH - PRIVATE],
  own: [WIDTH - PRIVATE, WIDTH],
};

export default defineStudy({
  paper: papers.convergentLearning,
  methods: [
    'comparisons/unit-matching',
    'comparisons/unit-mutual-information',
    'comparisons/sparse-prediction',
    'comparisons/linear-prediction',
    'comparisons/unit-groups',
  ],
  claim:
    'Nets share some units one to one, others only as small or large subspaces in other bases, and have some of their own; matching, sparse prediction and spectral clustering tell these apart.',
  data: [
    {
      name: 'Two nets of 44 rectified units on 2,000 inputs: 12 alike, 4 blocks of 3 turned, 12 turned together, 8 apart',
      source: 'by seed, with noise and shuffled units',
      licence: 'planted',
    },
    {
      name: 'GloVe 6B, 100 dimensions',
      source:
        '4,000 frequent words, centred, through two random layers of 64 rectified units, data/glove-slice',
      licence: 'PDDL 1.0',
    },
  ],
  lines: {
    partners: {
      claim: 'Bipartite matching by correlation finds at least 95 % of the partners of units alike',
      unit: '%',
      baseline: 'rows permuted',
      holds: atLeast(0.95),
    },
    information: {
      claim: 'Units alike share more information with their match than units turned together',
      unit: 'bit',
      baseline: 'units turned together',
      holds: aboveBaseline(),
    },
    oneIsEnough: {
      claim: 'One to one: one unit predicts as well as all, but for 0.02',
      baseline: 'all units',
      holds: notBelowBaseline(0.02),
    },
    fewAreNeeded: {
      claim: 'Few to few: three units predict better than one by at least 0.15 of R²',
      baseline: 'one unit',
      holds: aboveBaseline(0.15),
    },
    fewAreEnough: {
      claim: 'Few to few: three units predict as well as all, but for 0.05',
      baseline: 'all units',
      holds: notBelowBaseline(0.05),
    },
    manyAreNeeded: {
      claim: 'Many to many: three units predict worse than all by at least 0.15 of R²',
      baseline: 'all units',
      holds: belowBaseline(0.15),
    },
    ownAreNot: {
      claim: 'Units of one net only: R² is at most 0.02',
      baseline: 'rows permuted',
      holds: atMost(0.02),
    },
    subspaces: {
      claim: 'The whole nets: R² of a linear map exceeds that of one unit by at least 0.15',
      baseline: 'one unit',
      holds: aboveBaseline(0.15),
    },
    groups: {
      claim: 'Spectral clustering finds the planted groups: adjusted Rand index of at least 0.8',
      baseline: 'rows permuted',
      holds: atLeast(0.8),
    },
    shared: {
      claim: 'Groups hold more of the correlation between the nets than with rows permuted',
      unit: '%',
      baseline: 'rows permuted',
      holds: aboveBaseline(),
    },
    turnedSpan: {
      claim: 'A turned copy of a random layer is predicted wholly: R² of at least 0.999',
      holds: atLeast(0.999),
    },
    turnedMatch: {
      claim: 'A turned copy of a random layer does not match unit by unit: correlation below 0.7',
      baseline: 'the layer itself',
      holds: atMost(0.7),
    },
    untrained: {
      claim: 'Two random layers on words: a linear map explains more than single units do',
      baseline: 'one unit',
      holds: aboveBaseline(),
    },
  },
  readings: {
    bipartite: { title: 'Whole nets: mean correlation, bipartite' },
    semi: { title: 'Whole nets: mean correlation, semi-matching' },
    byChance: { title: 'Whole nets: mean correlation, bipartite, rows permuted' },
    bits: { title: 'Whole nets: mutual information of matched units, in bits' },
    bitsByChance: { title: 'Whole nets: the same, rows permuted' },
    untrainedMatch: { title: 'Two random layers on words: mean correlation, bipartite' },
  },
  curves: {
    title: 'R² on other rows, by the number of units that predict one',
    x: 'units',
    y: 'R²',
  },
  deviations: [
    'Nets with planted kinds of units, and random layers, in place of trained AlexNets: what is shared is known.',
    'Prediction is judged by R² on other rows, with a limit on the number of units in place of a penalty.',
    'The number of groups is given to the clustering.',
  ],
  async run({ quick, random, engine, signal, tick }) {
    const run = { engine, signal };
    const n = quick ? 400 : 2000;
    const counts = quick ? [1, 3] : COUNTS;
    const nets = plantedNets(n, random.fork('nets'));
    const shuffled = { a: nets.a, b: gathered(nets.b, random.fork('rows').sample(n)) };
    const part = (kind: Kind, from: PairInput = nets) => partOf(from, kind);
    const sparse = async (input: PairInput, units: number) =>
      (await sparsePrediction(input, { units }, run)).value;
    const linear = async (input: PairInput) => (await linearPrediction(input, {}, run)).value;
    const order = random.fork('units').sample(WIDTH);
    const [seen, seenShuffled] = [nets, shuffled].map((one) => withOrder(one, order));
    await tick(0.1);
    const curves = await curvesOf(counts, part, sparse);
    await tick(0.5);
    const at = (kind: Kind, units: number) => curves[names[kind]].y[counts.indexOf(units)];
    const layers = await words(random.fork('words'), quick, engine);
    await tick(0.6);
    return {
      partners: {
        value: await partnersFound(seen, order, engine),
        baseline: await partnersFound(seenShuffled, order, engine),
      },
      information: {
        value: (await unitMutualInformation(part('one'), {}, run)).value,
        baseline: (await unitMutualInformation(part('many'), {}, run)).value,
      },
      oneIsEnough: { value: at('one', 1), baseline: await linear(part('one')) },
      fewAreNeeded: { value: at('few', 3), baseline: at('few', 1) },
      fewAreEnough: { value: at('few', 3), baseline: await linear(part('few')) },
      manyAreNeeded: { value: at('many', 3), baseline: await linear(part('many')) },
      ownAreNot: {
        value: await linear(part('own')),
        baseline: await linear(part('own', shuffled)),
      },
      subspaces: { value: await linear(nets), baseline: await sparse(nets, 1) },
      groups: {
        value: await groupAgreement(seen, order, engine),
        baseline: await groupAgreement(seenShuffled, order, engine),
      },
      shared: {
        value: (await unitGroups(seen, { groups: GROUPS }, run)).value,
        baseline: (await unitGroups(seenShuffled, { groups: GROUPS }, run)).value,
      },
      turnedSpan: await linear(layers.turned),
      turnedMatch: {
        value: (await unitMatching(layers.turned, {}, run)).value,
        baseline: (await unitMatching({ a: layers.turned.a, b: layers.turned.a }, {}, run)).value,
      },
      untrained: { value: await linear(layers.two), baseline: await sparse(layers.two, 1) },
      bipartite: (await unitMatching(seen, {}, run)).value,
      semi: (await unitMatching(seen, { match: 'semi' }, run)).value,
      byChance: (await unitMatching(seenShuffled, {}, run)).value,
      bits: (await unitMutualInformation(seen, {}, run)).value,
      bitsByChance: (await unitMutualInformation(seenShuffled, {}, run)).value,
      untrainedMatch: (await unitMatching(layers.two, {}, run)).value,
      curves,
    };
  },
});

const names: Readonly<Record<Kind, string>> = {
  one: 'one to one',
  few: 'few to few',
  many: 'many to many',
  own: 'of one net only',
};

/** Units of A and, at the same places, what B has of them. */
function plantedNets(n: number, random: Random): PairInput {
  const a = rectified(n, WIDTH, random.fork('a'));
  const other = rectified(n, WIDTH, random.fork('b'));
  const noise = random.fork('noise');
  const map = new Float64Array(WIDTH * WIDTH);
  const place = (from: number, size: number, turn: Matrix) => {
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) map[(from + i) * WIDTH + from + j] = turn.data[i * size + j];
  };
  for (let c = 0; c < ONE; c++) map[c * WIDTH + c] = 1;
  for (let g = 0; g < FEW.blocks; g++)
    place(ONE + g * FEW.size, FEW.size, turnOf(FEW.size, random.fork(`few ${g}`)));
  place(columnsOf.many[0], MANY, turnOf(MANY, random.fork('many')));
  const b = new Float32Array(n * WIDTH);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < WIDTH; j++) {
      let sum = j >= columnsOf.own[0] ? other.data[i * WIDTH + j] : NOISE * noise.normal();
      for (let c = 0; c < WIDTH; c++) sum += a.data[i * WIDTH + c] * map[c * WIDTH + j];
      b[i * WIDTH + j] = sum;
    }
  }
  return { a, b: matrix(b, n, WIDTH) };
}

/** Rectified normal units of unit variance. */
function rectified(n: number, d: number, random: Random): Matrix<Float32Array> {
  const scale = 1 / Math.sqrt(0.5 - 0.5 / Math.PI);
  const data = Float32Array.from({ length: n * d }, () => scale * Math.max(0, random.normal()));
  return matrix(data, n, d);
}

/** A random orthogonal d × d matrix. */
function turnOf(d: number, random: Random): Matrix<Float64Array> {
  const data = Float64Array.from({ length: d * d }, () => random.normal());
  return qr(matrix(data, d, d)).q;
}

function partOf({ a, b }: PairInput, kind: Kind): PairInput {
  const [from, to] = columnsOf[kind];
  const places = Array.from({ length: to - from }, (_, c) => from + c);
  return { a: columns(a, places), b: columns(b, places) };
}

/** The units of B in another order: column c is the one that was at order[c]. */
const withOrder = ({ a, b }: PairInput, order: ArrayLike<number>): PairInput => ({
  a,
  b: columns(b, Array.from(order)),
});

function columns(m: Matrix, places: readonly number[]): Matrix<Float32Array> {
  const d = places.length;
  const data = new Float32Array(m.rows * d);
  for (let i = 0; i < m.rows; i++)
    for (let c = 0; c < d; c++) data[i * d + c] = m.data[i * m.cols + places[c]];
  return matrix(data, m.rows, d);
}

const paired = { rows: 'paired', columns: 'any' } as const;

/** Of the units alike, the share whose match is their partner. */
async function partnersFound(nets: PairInput, order: ArrayLike<number>, engine: Engine) {
  const matches = await matchedUnits(createPair('study', nets, paired, engine), 'bipartite');
  return matches.filter(([i, j]) => i < ONE && order[j] === i).length / ONE;
}

/** The adjusted Rand index of the groups found and those planted. */
async function groupAgreement(nets: PairInput, order: ArrayLike<number>, engine: Engine) {
  const { groups } = await unitGrouping(createPair('study', nets, paired, engine), GROUPS);
  const planted = [
    ...Array.from({ length: WIDTH }, (_, c) => groupOf(c, 'a')),
    ...Array.from(order, (c) => groupOf(c, 'b')),
  ];
  return adjustedRand(Array.from(groups), planted);
}

function groupOf(c: number, net: 'a' | 'b'): number {
  if (c < ONE) return c;
  if (c < columnsOf.many[0]) return ONE + Math.floor((c - ONE) / FEW.size);
  if (c < columnsOf.own[0]) return ONE + FEW.blocks;
  return net === 'a' ? 100 + c : 200 + c;
}

/** Pairs in one group of both, less chance, over the most there could be (Hubert and Arabie). */
function adjustedRand(x: readonly number[], y: readonly number[]): number {
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const inGroups = (of: (i: number) => string | number) => {
    const counts = new Map<string | number, number>();
    for (let i = 0; i < x.length; i++) counts.set(of(i), (counts.get(of(i)) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum + pairs(count), 0);
  };
  const both = inGroups((i) => `${x[i]}/${y[i]}`);
  const [own, planted] = [inGroups((i) => x[i]), inGroups((i) => y[i])];
  const chance = (own * planted) / pairs(x.length);
  return (both - chance) / ((own + planted) / 2 - chance);
}

async function curvesOf(
  counts: readonly number[],
  part: (kind: Kind) => PairInput,
  sparse: (input: PairInput, units: number) => Promise<number>,
) {
  const found: Record<string, { x: readonly number[]; y: number[] }> = {};
  for (const kind of ['one', 'few', 'many', 'own'] as const) {
    const input = part(kind);
    const y: number[] = [];
    for (const units of counts) y.push(await sparse(input, Math.min(units, input.a.cols)));
    found[names[kind]] = { x: counts, y };
  }
  return found;
}

/** Rows less their mean. */
function centred(m: Matrix): Matrix<Float32Array> {
  const mean = new Float64Array(m.cols);
  for (let at = 0; at < m.data.length; at++) mean[at % m.cols] += m.data[at] / m.rows;
  return matrix(
    Float32Array.from(m.data, (x, at) => x - mean[at % m.cols]),
    m.rows,
    m.cols,
  );
}

/** Words through a layer of random weights: the layer and itself turned, and the layer and another. */
async function words(random: Random, quick: boolean, engine: Engine) {
  const { points } = await loadGlove();
  const inputs = centred(rows(points, 0, quick ? 500 : 4000));
  const hidden = quick ? HIDDEN.quick : HIDDEN.full;
  const layer = async (name: string) => {
    const weights = random.fork(name);
    const w = Float32Array.from({ length: hidden * inputs.cols }, () => weights.normal());
    const sums = await engine.matmul(inputs, matrix(w, hidden, inputs.cols), true);
    return { ...sums, data: Float32Array.from(sums.data, (x) => Math.max(0, x)) };
  };
  const [first, second] = [await layer('first'), await layer('second')];
  const turn = turnOf(hidden, random.fork('turn'));
  const q = matrix(Float32Array.from(turn.data), hidden, hidden);
  const turned = await engine.matmul(first, q, false);
  return { turned: { a: first, b: turned }, two: { a: first, b: second } };
}
