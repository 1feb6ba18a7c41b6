import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { averagePrecision } from '../families/metrics/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { kMeans } from '../numerics/solvers/k-means.ts';
import { agreementOf } from '../numerics/statistics/partitions.ts';
import {
  aboveBaseline,
  belowBaseline,
  defineStudy,
  nearBaseline,
  type StudyContext,
} from './define.ts';
import { type LabeledImages, loadImages } from './support/images.ts';
import { embeddedSides, learntTowers, type TowerOptions, type TwoSides } from './support/towers.ts';

const CLASSES = 10;
const [MANY, FEW] = [5000, 100];
const FULL = { hidden: 128, dim: 32, steps: 400, batch: 64 } as const;
const QUICK = { hidden: 16, dim: 8, steps: 12, batch: 32, queue: 4 } as const;

/** Halves of digits, and what they show. */
interface Halves extends TwoSides {
  readonly labels: Int32Array;
}

interface Found {
  /** Of digits of the other half, both directions. */
  readonly precision: number;
  /** What random orders give. */
  readonly chance: number;
  readonly information: number;
}

export default defineStudy({
  paper: papers.multimodalClusteringNetworksUnlabeledVideos,
  methods: ['learners/two-towers', 'metrics/average-precision'],
  claim:
    'Centers of what pairs have in common, found while both sides learn, bring together what means the same in different pairs; a contrast of pairs alone pushes it apart.',
  data: [
    {
      name: `MNIST: the upper half of a digit and the lower half of another image of it, ${MANY} pairs of 1,500 images; halves of 500 to ask`,
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  seeds: 10,
  quickSeeds: 2,
  lines: {
    precision: {
      claim: `Halves of the same digit come earlier with centers: mean average precision, ${MANY} pairs`,
      unit: '%',
      baseline: 'pairs alone',
      holds: aboveBaseline(),
    },
    information: {
      claim: 'Clusters of the embeddings of both sides, by k-means, agree better with the digits',
      unit: '%',
      baseline: 'pairs alone',
      holds: aboveBaseline(),
    },
    reconstruction: {
      claim: 'Reconstruction beside centers brings halves of the same digit earlier still',
      unit: '%',
      baseline: 'pairs and centers',
      holds: aboveBaseline(),
    },
    fewPairs: {
      claim: `With ${FEW} pairs halves of the same digit come earlier with centers`,
      unit: '%',
      baseline: 'pairs alone',
      holds: aboveBaseline(),
    },
    gain: {
      claim: `What centers add is more with ${FEW} pairs`,
      unit: '%',
      baseline: `with ${MANY} pairs`,
      holds: aboveBaseline(),
    },
    fewCenters: {
      claim: '5 centers for 10 digits are better than none',
      unit: '%',
      baseline: 'pairs alone',
      holds: aboveBaseline(),
    },
    moreCenters: {
      claim: '20 centers are better than none',
      unit: '%',
      baseline: 'pairs alone',
      holds: aboveBaseline(),
    },
    shuffled: {
      claim: 'With pairs across digits at random and centers it is within 3 points of chance',
      unit: '%',
      baseline: 'chance',
      holds: nearBaseline(0.03),
    },
    centersAlone: {
      claim: 'A hundredth of the weight on pairs does harm: centers do not do without pairs',
      unit: '%',
      baseline: 'pairs and centers',
      holds: belowBaseline(),
    },
  },
  readings: {
    falseNegatives: { title: 'Negatives of a batch that show the same digit', unit: '%' },
    allTerms: {
      title: 'Agreement of k-means with the digits, pairs, centers and reconstruction',
      unit: '%',
    },
    fewInformation: { title: `The same, pairs and centers, ${FEW} pairs`, unit: '%' },
    fewAloneInformation: { title: `The same, pairs alone, ${FEW} pairs`, unit: '%' },
  },
  deviations: [
    'Two sides in place of video, sound and text; pixels and one hidden layer in place of frozen features; 32 columns, 400 steps of 64 pairs at a learning rate of 0.003.',
    'Unit rows, and cosines over a learned temperature, in place of products; the margin, 0.001 of a cosine, is taken off pairs and not off centers.',
    'Weights of 1 for centers and reconstruction, whose inputs have a mean square of 1 a number; the authors’ code has 50 for the latter, on features of another scale.',
    'Centers are found anew every 20 batches from a start of their own; the authors’ go on from the last.',
    'Instances are asked for by what they show, not by their partner: pairs are drawn within a digit.',
  ],
  async run(study) {
    const { quick, random } = study;
    const { train, test } = await loadImages(study, 'mnist');
    const pairs = pairsWithin(train, quick ? 300 : MANY, random.fork('pairs'));
    const few = firstOf(pairs, quick ? 50 : FEW);
    const asked = askedHalves(test, quick ? 100 : 500, random.fork('asked'));
    let done = 0;
    const found = async (from: TwoSides, options: TowerOptions): Promise<Found> => {
      const size = quick ? QUICK : FULL;
      const scores = await scoresOf(study, from, asked, { ...size, ...options });
      done += 1;
      await study.tick(done / 9);
      return scores;
    };
    const centers = { clusterWeight: 1, clusters: CLASSES };
    const alone = await found(pairs, {});
    const clustered = await found(pairs, centers);
    const all = await found(pairs, { ...centers, reconstructionWeight: 1 });
    const fewAlone = await found(few, {});
    const fewClustered = await found(few, centers);
    const five = await found(pairs, { ...centers, clusters: 5 });
    const twenty = await found(pairs, { ...centers, clusters: 20 });
    const shuffled = await found(acrossDigits(pairs, random.fork('shuffled')), centers);
    const heavy = await found(pairs, { ...centers, clusterWeight: 100 });
    const against = (value: number, baseline: number) => ({ value, baseline });
    return {
      precision: against(clustered.precision, alone.precision),
      information: against(clustered.information, alone.information),
      reconstruction: against(all.precision, clustered.precision),
      fewPairs: against(fewClustered.precision, fewAlone.precision),
      gain: against(
        fewClustered.precision - fewAlone.precision,
        clustered.precision - alone.precision,
      ),
      fewCenters: against(five.precision, alone.precision),
      moreCenters: against(twenty.precision, alone.precision),
      shuffled: against(shuffled.precision, shuffled.chance),
      centersAlone: against(heavy.precision, clustered.precision),
      falseNegatives: shareAlike(pairs.labels),
      allTerms: all.information,
      fewInformation: fewClustered.information,
      fewAloneInformation: fewAlone.information,
    };
  },
});

/** Pairs of the upper half of an image and the lower half of another of the same digit, drawn with replacement. */
function pairsWithin({ images, labels }: LabeledImages, n: number, random: Random): Halves {
  const members = Array.from({ length: CLASSES }, (_, digit) =>
    [...labels.keys()].filter((row) => labels[row] === digit),
  );
  const first = Int32Array.from({ length: n }, () => random.integer(labels.length));
  const second = first.map((row) => {
    const others = members[labels[row]].filter((other) => other !== row);
    return others[random.integer(others.length)];
  });
  const halves = { a: half(gathered(images, first), 0), b: half(gathered(images, second), 1) };
  return { ...halves, labels: first.map((row) => labels[row]) };
}

function askedHalves({ images, labels }: LabeledImages, most: number, random: Random): Halves {
  const rows = random.sample(labels.length, Math.min(most, labels.length));
  const chosen = gathered(images, rows);
  return {
    a: half(chosen, 0),
    b: half(chosen, 1),
    labels: Int32Array.from(rows, (i) => labels[i]),
  };
}

/** The upper (0) or lower (1) half of images. */
function half({ data, rows: n, cols: d }: Matrix, which: 0 | 1): Matrix {
  const size = d / 2;
  const cut = new Float32Array(n * size);
  for (let i = 0; i < n; i++) {
    const start = i * d + which * size;
    cut.set(data.subarray(start, start + size), i * size);
  }
  return matrix(cut, n, size);
}

function firstOf({ a, b, labels }: Halves, n: number): Halves {
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  return { a: gathered(a, rows), b: gathered(b, rows), labels: labels.subarray(0, n) };
}

/** The same halves with partners at random. */
function acrossDigits({ a, b }: TwoSides, random: Random): TwoSides {
  return { a, b: gathered(b, random.sample(b.rows, b.rows)) };
}

/** The share of pairs of different rows that are of one class. */
function shareAlike(labels: Int32Array): number {
  const counts = new Float64Array(CLASSES);
  for (const label of labels) counts[label] += 1;
  const n = labels.length;
  return counts.reduce((sum, count) => sum + count * (count - 1), 0) / (n * (n - 1));
}

async function scoresOf(
  study: StudyContext,
  pairs: TwoSides,
  { labels, ...halves }: Halves,
  options: TowerOptions,
): Promise<Found> {
  const settings = { loss: 'margin-softmax', margin: 0.001, learningRate: 0.003 } as const;
  const learned = await learntTowers(study, pairs, { ...settings, ...options });
  const { a, b } = await embeddedSides(study, learned, halves);
  const [there, back] = [
    await precisionOf(study, a, b, labels),
    await precisionOf(study, b, a, labels),
  ];
  const both = matrix(Float32Array.of(...a.data, ...b.data), a.rows + b.rows, a.cols);
  const { of } = kMeans(both, { clusters: CLASSES }, study.random.fork('k-means'));
  return {
    precision: (there.value + back.value) / 2,
    chance: (there.chance + back.chance) / 2,
    information: agreementOf(of, Int32Array.of(...labels, ...labels)).mutualInformation,
  };
}

/** Rows of the other side of the same class, asked for with each row of one. */
async function precisionOf(
  { engine, signal }: StudyContext,
  queries: Matrix,
  among: Matrix,
  labels: Int32Array,
) {
  const judgements = Array.from(labels).flatMap((label, query) =>
    Array.from(labels.keys())
      .filter((document) => labels[document] === label)
      .map((document) => ({ query, document })),
  );
  const answers = { queries, judgements };
  const found = await averagePrecision(among, {}, { answers, engine, signal });
  return { value: found.value, chance: found.null?.value ?? NaN };
}
