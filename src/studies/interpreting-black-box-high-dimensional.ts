import { blackBoxOf } from '../apps/explain/black-box.ts';
import { type ExplainedRules, explainRules } from '../apps/explain/rules.ts';
import { type Matrix, matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { classifier } from '../families/learners/index.ts';
import { decodeModel, encodeModel } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import {
  aboveBaseline,
  atLeast,
  defineStudy,
  notBelowBaseline,
  type StudyContext,
} from './define.ts';
import { loadImages } from './support/images.ts';

/** Columns that tell the classes apart. */
const INFORMATIVE = 10;

export default defineStudy({
  paper: papers.interpretingBlackBoxHighDimensional,
  seeds: 3,
  methods: ['learners/classifier', 'classifiers/tree'],
  claim:
    'A small tree on the columns that a network is found to need says what the network says, and can be read as rules.',
  data: [
    {
      name: '1,000 rows of 1,000 columns, 10 of them informative',
      source: 'by seed',
      licence: 'planted',
    },
    {
      name: 'MNIST, threes and eights',
      source: 'http://yann.lecun.com/exdb/mnist/',
      licence: 'CC BY-SA 3.0',
    },
  ],
  lines: {
    found: {
      claim: 'Of the ten columns chosen at least eight tell the planted classes apart',
      unit: '%',
      holds: atLeast(0.8),
    },
    agreement: {
      claim:
        'A tree of four questions on them agrees with the network on nine of ten held-out rows',
      unit: '%',
      holds: atLeast(0.9),
    },
    control: {
      claim: 'It agrees on more rows than trees on random columns',
      unit: '%',
      baseline: 'ten random columns',
      holds: aboveBaseline(),
    },
    accuracy: {
      claim: 'Its accuracy is within three points of the network’s',
      unit: '%',
      baseline: 'the network',
      holds: notBelowBaseline(0.03),
    },
    needed: {
      claim:
        'Without the chosen columns the network loses more probability than without those of most variance',
      baseline: 'ten columns of most variance',
      holds: aboveBaseline(),
    },
    neededMore: {
      claim: 'It loses more than without random ones',
      baseline: 'ten random columns',
      holds: aboveBaseline(),
    },
    digits: {
      claim: 'On threes and eights the tree agrees with the network on nine of ten held-out images',
      unit: '%',
      holds: atLeast(0.9),
    },
    digitsControl: {
      claim: 'There it agrees on more images than trees on random pixels',
      unit: '%',
      baseline: 'ten random pixels',
      holds: aboveBaseline(),
    },
  },
  readings: {
    r2: { title: 'R² of the probabilities, planted columns' },
    digitsR2: { title: 'R² of the probabilities, threes and eights' },
    suffices: { title: 'Probability lost where the chosen columns alone are left' },
    rules: { title: 'Rules of the tree, planted columns' },
  },
  deviations: [
    'A perceptron in place of the paper’s network with attention; importance by permutation and linear probes, joined by Borda’s count; the paper’s gene expressions are not measured.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const planted = plantedRows(quick ? 300 : 1000, quick ? 60 : 1000, random.fork('planted'));
    const found = await explained(study, planted);
    await tick(0.6);
    const digits = await explained(study, await threesAndEights(study));
    const { faithfulness, accuracy, fidelity, controls } = found;
    const needed = faithfulness?.top.comprehensiveness ?? 0;
    return {
      found: found.columns.filter((c) => c < INFORMATIVE).length / INFORMATIVE,
      agreement: fidelity.agreement.value,
      control: { value: fidelity.agreement.value, baseline: controls.random.agreement.value },
      accuracy: { value: accuracy?.rules ?? 0, baseline: accuracy?.explained ?? 0 },
      needed: { value: needed, baseline: faithfulness?.variance.comprehensiveness ?? 0 },
      neededMore: { value: needed, baseline: faithfulness?.random.comprehensiveness ?? 0 },
      digits: digits.fidelity.agreement.value,
      digitsControl: {
        value: digits.fidelity.agreement.value,
        baseline: digits.controls.random.agreement.value,
      },
      r2: fidelity.r2,
      digitsR2: digits.fidelity.r2,
      suffices: faithfulness?.top.sufficiency ?? 0,
      rules: found.rules.length,
    };
  },
});

interface Rows {
  readonly points: Matrix;
  readonly classes: readonly string[];
}

/** The first columns lie 1.5 deviations to either side by class; the others are noise of two deviations. */
function plantedRows(n: number, d: number, random: Random): Rows {
  const data = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const side = i % 2 === 0 ? 1.5 : -1.5;
    for (let c = 0; c < d; c++)
      data[i * d + c] = c < INFORMATIVE ? side + random.normal() : 2 * random.normal();
  }
  return { points: matrix(data, n, d), classes: Array.from({ length: n }, (_, i) => `${i % 2}`) };
}

async function threesAndEights(study: StudyContext): Promise<Rows> {
  const { train, test } = await loadImages({ ...study, quick: true }, 'mnist');
  const sets = [train, test].flatMap(({ images, labels }) =>
    Array.from(labels.keys(), (i) => ({ images, i, label: labels[i] })),
  );
  const own = sets.filter(({ label }) => label === 3 || label === 8);
  const d = train.images.cols;
  const data = new Float32Array(own.length * d);
  for (const [to, { images, i }] of own.entries())
    data.set(images.data.subarray(i * d, (i + 1) * d), to * d);
  return { points: matrix(data, own.length, d), classes: own.map(({ label }) => `${label}`) };
}

async function explained(
  { engine, seed, quick }: StudyContext,
  rows: Rows,
): Promise<ExplainedRules> {
  const { model } = await classifier(
    rows,
    { encoder: 'mlp', dim: 16, steps: quick ? 40 : 300, heldOut: 0.3, seed },
    { engine },
  );
  const box = await blackBoxOf(await decodeModel(encodeModel(model)), engine);
  return explainRules({ ...rows, box }, { seed }, { engine });
}
