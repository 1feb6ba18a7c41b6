import { gathered, type Matrix, matrix } from '../core/matrix.ts';
import { cos, sin } from '../core/numeric.ts';
import { procrustes } from '../families/alignment/index.ts';
import { autoencoder } from '../families/learners/index.ts';
import {
  diffusionMap,
  diffusionNet,
  outlierScores,
  pca,
  reconstructed,
} from '../families/reduction/index.ts';
import type { Model } from '../learning/index.ts';
import * as papers from '../method/bibliography/papers.ts';
import { areaUnderRoc } from '../numerics/statistics/area-under-roc.ts';
import {
  aboveBaseline,
  atLeastTimesBaseline,
  atMostTimesBaseline,
  belowBaseline,
  defineStudy,
  type StudyContext,
} from './define.ts';
import { pooledImages } from './support/classified.ts';
import { loadImages } from './support/images.ts';

const ETAS = [0, 1, 10, 100, 1000, 1e5] as const;
const QUICK_ETAS = [0, 100, 1e5] as const;
/** Digits that run into one another. */
const DIGITS = ['1', '4', '7', '9'];
const NETWORK = { hidden: 20, layers: 2 };

export default defineStudy({
  paper: papers.diffusionNets,
  methods: ['reduction/diffusion-net', 'reduction/diffusion-map', 'learners/autoencoder'],
  claim:
    'A network that is held to giving eigenvectors of the diffusion operator learns the map of new rows better, takes noise off them through its decoder, and finds outliers.',
  data: [
    {
      name: 'The curve (cos t, sin 2t, sin 3t) with normal noise of 0.05: 1,000 rows to fit, 500 others',
      source: 'by seed, as the authors’ code draws it',
      licence: 'planted',
    },
    {
      name: 'MNIST: 1s, 4s, 7s and 9s, 500 to fit and 300 others, in 20 principal components; the 0s with 10 other digits',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  lines: {
    denoising: {
      claim:
        'With η = 100 rows come back from encoder and decoder at most 0.9 times as far from the clean curve',
      baseline: 'η = 0: coordinates alone',
      holds: atMostTimesBaseline(0.9),
    },
    encoding: {
      claim: 'With η = 100 the encoder is nearer to the diffusion map',
      baseline: 'η = 0',
      holds: belowBaseline(),
    },
    excess: {
      claim:
        'With η = 100,000 rows come back at least 5 times as far from the clean curve: the map is lost',
      baseline: 'η = 100',
      holds: atLeastTimesBaseline(5),
    },
    memory: {
      claim:
        'Digits that were not fitted: the encoder’s error is below that of Nyström’s extension from as many numbers as it has weights',
      baseline: 'Nyström from so many rows',
      holds: belowBaseline(),
    },
    comparable: {
      claim: 'It is at most 1.5 times that of Nyström’s extension from all fitted rows',
      baseline: 'Nyström from all fitted rows',
      holds: atMostTimesBaseline(1.5),
    },
    outliers: {
      claim:
        'Among 0s, ten other digits are told by what does not come back, better than by a plain autoencoder (area under the curve)',
      unit: '%',
      baseline: 'an autoencoder of as many columns, with the same steps',
      holds: aboveBaseline(),
    },
  },
  readings: {
    weights: {
      title: 'Numbers that the encoder keeps, over those of Nyström’s extension',
      unit: '%',
    },
    fewRows: { title: 'Rows that Nyström keeps in as many numbers as the encoder' },
    componentOutliers: {
      title: 'Area under the curve for as many principal components',
      unit: '%',
    },
  },
  curves: {
    title: 'Mean distance to the clean curve, and from the diffusion map, by η',
    x: 'η',
    y: 'distance',
    logX: true,
    logY: true,
  },
  deviations: [
    'Layers are not trained as sparse autoencoders first; 1,000 steps in place of 3,000, on half as many rows.',
    'Each row has its own scale in place of σ = 0.1; the learning rate falls.',
    'What new digits’ coordinates should be is read off a map of all digits, turned onto that of the fitted ones.',
    'η = 0 is drawn at 0.1.',
  ],
  async run(study) {
    const byEta = await curve(study);
    const [none, usual, excess] = [0, 100, 1e5].map((eta) => byEta.get(eta) ?? NEVER);
    await study.tick(0.7);
    const digits = await newDigits(study);
    await study.tick(0.85);
    const found = await otherDigits(study);
    const shown = [...byEta].filter(([eta]) => eta <= 1000);
    const x = shown.map(([eta]) => eta || 0.1);
    return {
      denoising: { value: usual.denoising, baseline: none.denoising },
      encoding: { value: usual.encoding, baseline: none.encoding },
      excess: { value: excess.denoising, baseline: usual.denoising },
      memory: { value: digits.net, baseline: digits.few },
      comparable: { value: digits.net, baseline: digits.all },
      outliers: { value: found.net, baseline: found.autoencoder },
      weights: digits.weights,
      fewRows: digits.fewRows,
      componentOutliers: found.components,
      curves: {
        'from the clean curve': { x, y: shown.map(([, { denoising }]) => denoising) },
        'from the diffusion map': { x, y: shown.map(([, { encoding }]) => encoding) },
      },
    };
  },
});

const NEVER = { denoising: Number.NaN, encoding: Number.NaN };

/** Mean distances on the authors' curve, by η. */
async function curve(study: StudyContext) {
  const { quick, seed, engine, signal } = study;
  const [n, other, steps] = quick ? [120, 60, 80] : [1000, 500, 1000];
  const fitted = drawnCurve(study, 'fitted', n).noisy;
  const fresh = drawnCurve(study, 'others', other);
  const map = await diffusionMap(fitted, {}, { engine, signal });
  const found = new Map<number, { readonly denoising: number; readonly encoding: number }>();
  for (const eta of quick ? QUICK_ETAS : ETAS) {
    const settings = { ...NETWORK, eta, steps, seed };
    const { model, points } = await diffusionNet(fitted, settings, { engine, signal });
    const placed = await diffusionNet.transform(model, fresh.noisy, { engine });
    const back = await reconstructed(model, placed, { engine });
    found.set(eta, {
      denoising: meanDistance(back, fresh.clean),
      encoding: meanDistance(points, map.points),
    });
    await study.tick(found.size * 0.1);
  }
  return found;
}

function drawnCurve({ random }: StudyContext, name: string, n: number) {
  const draws = random.fork(name);
  const clean = new Float32Array(3 * n);
  for (let i = 0; i < n; i++) {
    const t = 2.01 * Math.PI * draws.uniform();
    clean.set([cos(t), sin(2 * t), sin(3 * t)], 3 * i);
  }
  const noisy = clean.map((x) => x + 0.05 * draws.normal());
  return { clean: matrix(clean, n, 3), noisy: matrix(noisy, n, 3) };
}

/** Errors of the coordinates of digits that were not fitted. */
async function newDigits(study: StudyContext) {
  const { quick, seed, engine, signal } = study;
  const run = { engine, signal };
  const { fitted, others } = await rotatedDigits(study);
  const n = fitted.rows;
  const together = matrix(
    Float32Array.of(...fitted.data, ...others.data),
    n + others.rows,
    fitted.cols,
  );
  const map = await diffusionMap(fitted, {}, run);
  const joint = (await diffusionMap(together, {}, run)).points;
  const range = (a: number, b: number) => Int32Array.from({ length: b - a }, (_, i) => a + i);
  const truth = await turned(
    gathered(joint, range(0, n)),
    map.points,
    gathered(joint, range(n, together.rows)),
  );
  const steps = quick ? 50 : 1000;
  const net = await diffusionNet(fitted, { ...NETWORK, steps, seed }, run);
  const weights = numbersOf(net.model, ({ name }) => name.startsWith('encoder'));
  const perRow = fitted.cols + 5;
  const few = Math.max(20, Math.ceil(weights / perRow));
  const rows = study.random.fork('kept').sample(n, few);
  const small = await diffusionMap(gathered(fitted, rows), {}, run);
  const among = await diffusionMap.transform(small.model, others, { engine });
  return {
    net: errorOf(await diffusionNet.transform(net.model, others, { engine }), truth),
    all: errorOf(await diffusionMap.transform(map.model, others, { engine }), truth),
    few: errorOf(await turned(small.points, gathered(map.points, rows), among), truth),
    weights: weights / (n * perRow),
    fewRows: few,
  };
}

async function rotatedDigits(study: StudyContext) {
  const { quick, random, engine } = study;
  const { points, classes } = await digits(study);
  const own = classes.flatMap((digit, i) => (DIGITS.includes(digit) ? [i] : []));
  const order = Array.from(random.fork('digits').sample(own.length), (i) => own[i]);
  const [n, other] = quick ? [120, 60] : [500, 300];
  const { model, points: fitted } = await pca(
    gathered(points, order.slice(0, n)),
    { dim: 20 },
    { engine },
  );
  const rest = gathered(points, order.slice(n, n + other));
  return { fitted, others: await pca.transform(model, rest, { engine }) };
}

/** How well other digits are told from 0s by what is not rebuilt of them. */
async function otherDigits(study: StudyContext) {
  const { quick, random, seed, engine, signal } = study;
  const run = { engine, signal };
  const { points, classes } = await digits(study);
  const [zeros, others] = [true, false].map((isZero) =>
    classes.flatMap((digit, i) => ((digit === '0') === isZero ? [i] : [])),
  );
  const drawn = Array.from(random.fork('outliers').sample(others.length, 10), (i) => others[i]);
  const own = gathered(points, [...zeros, ...drawn]);
  const { points: rows } = await pca(own, { dim: 20 }, run);
  const [dim, steps] = [3, quick ? 50 : 1000];
  const net = await diffusionNet(rows, { ...NETWORK, dim, steps, seed }, run);
  const plain = await autoencoder(
    { points: rows },
    {
      ...{ loss: 'plain', dim, hidden: NETWORK.hidden, steps, batch: rows.rows },
      ...{ learningRate: 0.01, heldOut: 0, embedding: 'reconstruction', seed },
    },
    run,
  );
  const rebuilt = (await autoencoder.embed(plain.model, { points: rows }, { engine })).points;
  const line = await pca(rows, { dim }, run);
  const lost = rowLengths(rows).map((all, i) => all - rowLengths(line.points)[i]);
  const area = (scores: ArrayLike<number>) =>
    areaUnderRoc(Array.from(scores).slice(0, zeros.length), Array.from(scores).slice(zeros.length));
  return {
    net: area(await outlierScores(net.model, rows, { engine })),
    autoencoder: area(rowLengths(rebuilt, rows)),
    components: area(lost),
  };
}

async function digits(study: StudyContext) {
  const { points, classes = [] } = pooledImages(await loadImages(study, 'mnist'), 2000);
  return { points: points as Matrix, classes: Array.from(classes, String) };
}

/** Other rows of a map, after the turn and stretch that bring its rows nearest to those of another. */
async function turned(from: Matrix, to: Matrix, others: Matrix): Promise<Matrix> {
  const { model } = await procrustes({ a: from, b: to }, { scaled: true });
  return procrustes.transform(model, others);
}

const numbersOf = ({ parameters }: Model, own: (p: { readonly name: string }) => boolean) =>
  parameters.filter(own).reduce((sum, { data }) => sum + data.length, 0);

/** ‖aᵢ − bᵢ‖² of each row. */
function rowLengths({ data, rows, cols }: Matrix, other?: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    let squares = 0;
    for (let e = i * cols; e < (i + 1) * cols; e++)
      squares += (data[e] - (other?.data[e] ?? 0)) ** 2;
    return squares;
  });
}

const meanDistance = (a: Matrix, b: Matrix) =>
  rowLengths(a, b).reduce((sum, squares) => sum + Math.sqrt(squares), 0) / a.rows;

/** Σ ‖aᵢ − bᵢ‖²/Σ ‖bᵢ‖². */
const errorOf = (a: Matrix, b: Matrix) =>
  rowLengths(a, b).reduce((x, y) => x + y) / rowLengths(b).reduce((x, y) => x + y);
