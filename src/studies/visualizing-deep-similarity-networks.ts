import { type Matrix, matrix } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { pooledSimilarity } from '../families/attributions/index.ts';
import { loadGlove } from '../io/datasets/index.ts';
import { crossEntropy } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { dot } from '../numerics/rows/dot.ts';
import { largestPlaces } from '../numerics/rows/largest-places.ts';
import { meanOf } from '../numerics/statistics/averages.ts';
import { wordTokens } from '../numerics/text/words.ts';
import { aboveBaseline, atLeast, atMost, defineStudy, type StudyContext } from './define.ts';
import { type LabeledImages, loadImages } from './support/images.ts';
import { type PooledNetwork, pooledNetwork } from './support/pooled-network.ts';
import { loadRequests } from './support/requests.ts';
import {
  fallWithout,
  gradientMaps,
  knownWords,
  type PartPair,
  randomMaps,
  sharedOnTop,
  similarityMaps,
} from './support/similarity-pairs.ts';
import { drawHalved, SIDE } from './support/two-digits.ts';

/** Share of the places that is set to zero. */
const SHARE = 0.2;
/** Pixels of a side of the patch that is pasted, and how many different ones there are. */
const PATCH = 5;
const PATCHES = 8;

export default defineStudy({
  paper: papers.visualizingDeepSimilarityNetworks,
  methods: ['attributions/pooled-similarity'],
  claim:
    'The cosine of two pooled feature maps is an exact sum over pairs of places, which shows what makes two images similar.',
  seeds: 3,
  data: [
    {
      name: 'Fashion-MNIST at half its size',
      source: 'https://github.com/zalandoresearch/fashion-mnist',
      licence: 'MIT',
    },
    {
      name: 'CLINC150, requests of one intent',
      source: 'https://github.com/clinc/oos-eval',
      licence: 'CC BY 3.0',
    },
    {
      name: 'GloVe 6B, 31,636 words',
      source: 'https://nlp.stanford.edu/projects/glove/',
      licence: 'PDDL 1.0',
    },
  ],
  lines: {
    exact: {
      claim:
        'Maps sum to the cosine, for average and max pooling, with and without a linear layer: the largest difference',
      holds: atMost(1e-6),
    },
    deletion: {
      claim:
        'With the fifth of the places set to zero that contributes most, garments of one class are less similar than with random ones: fall of the cosine',
      baseline: 'random places',
      holds: aboveBaseline(),
    },
    gradient: {
      claim: 'The cosine falls more than by the places of a gradient map',
      baseline: 'Grad-CAM of the cosine',
      holds: aboveBaseline(),
    },
    patch: {
      claim:
        'The place that contributes most lies in a patch that two images share, once the network knows the patches',
      unit: '%',
      baseline: 'share of the places in the patch',
      holds: atLeast(0.8),
    },
    words: {
      claim:
        'Of two requests that share a word, the pair of words that contributes most is one word',
      unit: '%',
      baseline: 'share of such pairs of words',
      holds: aboveBaseline(0.2),
    },
  },
  readings: {
    cosine: { title: 'Mean cosine of garments of one class' },
    accuracyOfPatches: { title: 'Patches that the network names', unit: '%' },
  },
  deviations: [
    'Two convolutions that were trained for 300 steps on classes, and 7 × 7 places of 32 channels; the paper has ResNet-50 on hotels and faces, and shows examples.',
    'Patches of 5 × 5 random pixels, pasted on garments; the network that is asked learned to tell eight of them apart.',
    'Requests as means of the vectors of their words.',
  ],
  async run(study) {
    const { quick, random, tick } = study;
    const { train, test } = await loadImages(study, 'fashion-mnist');
    const [known, others] = [halved(train, quick ? 120 : 3000), halved(test, quick ? 60 : 500)];
    const garments = await trainedOn(study, known.images, known.labels, 10);
    await tick(0.4);
    const pairs = await pairsOfClass(garments, others, quick ? 10 : 200, random.fork('pairs'));
    const falls = await Promise.all(
      pairs.map((pair, i) => fallsOf(pair, random.fork('cut').fork(i))),
    );
    const planted = await plantedPatches(study, known, others);
    await tick(0.9);
    const words = await sharedWords(study);
    const mean = (at: 'own' | 'random' | 'gradient') => meanOf(falls.map((fall) => fall[at]));
    return {
      exact: await largestGap(pairs, garments),
      deletion: { value: mean('own'), baseline: mean('random') },
      gradient: { value: mean('own'), baseline: mean('gradient') },
      patch: planted.patch,
      words,
      cosine: meanOf(falls.map(({ cosine }) => cosine)),
      accuracyOfPatches: planted.accuracy,
    };
  },
});

function halved({ images, labels }: LabeledImages, most: number) {
  const n = Math.min(most, labels.length);
  const small = matrix(new Float32Array(n * SIDE * SIDE), n, SIDE * SIDE);
  for (let row = 0; row < n; row++) drawHalved(images, row, small.data, row * SIDE * SIDE, SIDE);
  return { images: small, labels: labels.subarray(0, n) };
}

const trainedOn = (
  study: StudyContext,
  images: Matrix<Float32Array>,
  labels: Int32Array,
  classes: number,
) =>
  pooledNetwork(study, images, {
    side: SIDE,
    channels: study.quick ? [4, 8] : [16, 32],
    classes,
    steps: study.quick ? 10 : 300,
    batch: study.quick ? 24 : 64,
    loss: (logits, rows) =>
      crossEntropy(
        logits,
        rows.map((row) => labels[row]),
      ),
  });

/** Feature maps of pairs of images of one class. */
async function pairsOfClass(
  network: PooledNetwork,
  { images, labels }: ReturnType<typeof halved>,
  count: number,
  random: Random,
): Promise<PartPair[]> {
  const features = await network.features(images);
  return Array.from({ length: count }, (_, i) => {
    const stream = random.fork(i);
    const first = stream.integer(labels.length);
    const same = Array.from(labels.keys()).filter(
      (row) => row !== first && labels[row] === labels[first],
    );
    return [features[first], features[same[stream.integer(same.length)] ?? first]];
  });
}

async function fallsOf(pair: PartPair, random: Random) {
  const own = await similarityMaps(pair);
  return {
    own: fallWithout(pair, own, SHARE),
    random: fallWithout(pair, randomMaps(pair, random), SHARE),
    gradient: fallWithout(pair, gradientMaps(pair), SHARE),
    cosine: own[0].reduce((sum, x) => sum + x, 0),
  };
}

/** The largest difference of a sum of contributions from the cosine of vectors that were pooled by themselves. */
async function largestGap(
  pairs: readonly PartPair[],
  { weights, bias }: PooledNetwork,
): Promise<number> {
  let most = 0;
  for (const [a, b] of pairs.slice(0, 50)) {
    for (const pool of ['average', 'max'] as const) {
      for (const head of [undefined, { weights, bias }]) {
        const [u, v] = [a, b].map((set) => behind(pooled(set, pool), head));
        const cosine = dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));
        const { contributions } = await pooledSimilarity({ a, b, head }, { pool });
        const sum = contributions.values.reduce((all, value) => all + value, 0);
        most = Math.max(most, Math.abs(sum - cosine));
      }
    }
  }
  return most;
}

function pooled({ data, rows, cols }: Matrix, pool: 'average' | 'max'): Float64Array {
  const out = new Float64Array(cols).fill(pool === 'max' ? -Infinity : 0);
  for (let e = 0; e < data.length; e++) {
    const c = e % cols;
    out[c] = pool === 'max' ? Math.max(out[c], data[e]) : out[c] + data[e] / rows;
  }
  return out;
}

function behind(
  x: Float64Array,
  head: { readonly weights: Matrix; readonly bias: Float32Array } | undefined,
): Float64Array {
  if (!head) return x;
  const { data, rows, cols } = head.weights;
  return Float64Array.from(
    { length: rows },
    (_, j) => head.bias[j] + dot(x, data.subarray(j * cols, (j + 1) * cols)),
  );
}

/** Images with a patch somewhere on each, which patch, and where it begins. */
function pasted(images: Matrix<Float32Array>, patches: readonly Float32Array[], random: Random) {
  const data = images.data.slice();
  const n = images.rows;
  const kinds = new Int32Array(n);
  const corners: (readonly [number, number])[] = [];
  for (let i = 0; i < n; i++) {
    kinds[i] = random.integer(PATCHES);
    const [top, left] = [random.integer(SIDE - PATCH + 1), random.integer(SIDE - PATCH + 1)];
    corners.push([top, left]);
    patches[kinds[i]].forEach((light, e) => {
      const at = (top + Math.floor(e / PATCH)) * SIDE + left + (e % PATCH);
      data[i * SIDE * SIDE + at] = light;
    });
  }
  return { images: matrix(data, n, images.cols), kinds, corners };
}

async function plantedPatches(
  study: StudyContext,
  known: ReturnType<typeof halved>,
  others: ReturnType<typeof halved>,
) {
  const random = study.random.fork('patches');
  const patches = Array.from({ length: PATCHES }, (_, k) => {
    const stream = random.fork(k);
    return Float32Array.from({ length: PATCH * PATCH }, () => stream.integer(2));
  });
  const train = pasted(known.images, patches, random.fork('train'));
  const test = pasted(others.images, patches, random.fork('test'));
  const network = await trainedOn(study, train.images, train.kinds, PATCHES);
  const features = await network.features(test.images);
  const across = Math.sqrt(network.places);
  const cell = SIDE / across;
  const isIn = (place: number, [top, left]: readonly [number, number]) => {
    const [y, x] = [cell * Math.floor(place / across), cell * (place % across)];
    return y + cell > top && y < top + PATCH && x + cell > left && x < left + PATCH;
  };
  const found: number[] = [];
  const chance: number[] = [];
  const pairs = random.fork('pairs');
  for (let i = 0; i < (study.quick ? 10 : 200); i++) {
    const first = i % features.length;
    const same = Array.from(test.kinds.keys()).filter(
      (row) => row !== first && test.kinds[row] === test.kinds[first],
    );
    const second = same[pairs.fork(i).integer(same.length)] ?? first;
    const maps = await similarityMaps([features[first], features[second]]);
    [first, second].forEach((row, side) => {
      const [top] = largestPlaces(maps[side], 0, maps[side].length, 1);
      found.push(isIn(top, test.corners[row]) ? 1 : 0);
      const inside = Array.from(maps[side].keys()).filter((at) => isIn(at, test.corners[row]));
      chance.push(inside.length / maps[side].length);
    });
  }
  return {
    patch: { value: meanOf(found), baseline: meanOf(chance) },
    accuracy: meanOf(features.map((own, i) => (named(own, network) === test.kinds[i] ? 1 : 0))),
  };
}

/** The class of the largest logit. */
function named(features: Matrix, { weights, bias }: PooledNetwork): number {
  const logits = behind(pooled(features, 'average'), { weights, bias });
  return logits.indexOf(logits.reduce((most, x) => Math.max(most, x), -Infinity));
}

/** Requests of one intent that share a word and are not the same. */
async function sharedWords({ data, quick, random }: StudyContext) {
  const { points, labels = [] } = await loadGlove();
  const rowOf = new Map(labels.map((label, row) => [label, row]));
  const { sentences, labels: intents } = (await loadRequests(data)).inScope.test;
  const stream = random.fork('requests');
  const wanted = quick ? 20 : 400;
  const found: { readonly onTop: number; readonly share: number }[] = [];
  for (let draw = 0; found.length < wanted; draw++) {
    const first = stream.fork(draw).integer(sentences.length);
    const same = Array.from(intents.keys()).filter(
      (row) => row !== first && intents[row] === intents[first],
    );
    const second = same[stream.fork(draw).fork('second').integer(same.length)];
    const [a, b] = [first, second].map((row) =>
      knownWords(wordTokens(sentences[row]), rowOf, points),
    );
    if (a.words.join(' ') === b.words.join(' ')) continue;
    if (a.words.some((word) => b.words.includes(word))) found.push(await sharedOnTop(a, b));
  }
  return {
    value: meanOf(found.map(({ onTop }) => onTop)),
    baseline: meanOf(found.map(({ share }) => share)),
  };
}
