import { checkMonitor, fitMonitor, type Monitor } from '../apps/explain/monitor.ts';
import { gathered, type Matrix, matrix, zeros } from '../core/matrix.ts';
import type { Random } from '../core/random.ts';
import { spearman } from '../core/ranks.ts';
import * as papers from '../method/bibliography/papers.ts';
import { areaUnderRoc } from '../numerics/statistics/area-under-roc.ts';
import { aboveBaseline, atLeast, atMost, defineStudy, type StudyContext } from './define.ts';
import { loadImages } from './support/images.ts';
import {
  distancesToMeans,
  lastMargins,
  movedAlong,
  noiseLike,
  spreadOf,
} from './support/moved-rows.ts';
import { loadRequests } from './support/requests.ts';
import { type SmallNetwork, smallNetwork } from './support/small-network.ts';
import { drawHalved, SIDE } from './support/two-digits.ts';

const LEVEL = 0.01;
/** Lengths of noise, in the mean length of a row less the mean row. */
const NOISES = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];
const DIRECTIONS = 16;
/** Noise under which flipped rows are told from others: as long as the rows are. */
const TOLD_AT = 1;

export default defineStudy({
  paper: papers.subspaceCrossingMonitor,
  methods: ['directions/probe'],
  claim:
    'Whether a network accepts or declines is a linear matter of its layers; how far a row is from the crossing says how much it takes to flip it, and rows that crossed can be told.',
  data: [
    {
      name: 'CLINC150: requests in scope, answered, and out of scope, declined, as sentence vectors',
      source: 'https://github.com/clinc/oos-eval',
      licence: 'CC BY 3.0',
    },
    {
      name: 'MNIST: odd and even digits, at 14 × 14 pixels',
      source: 'study-data/mnist',
      licence: 'CC BY-SA 3.0',
    },
  ],
  deviations: [
    'Networks of two hidden layers that are trained here in place of language models; crossing is by noise alone: the paper’s attacks are left out on purpose.',
    'What a monitor measures besides probes is ours: jumps from layer to layer, neighbors, and an alarm calibrated on rows held out.',
  ],
  lines: {
    requestProbe: {
      claim: 'Requests: the probe of the last layer is right of 95 % of the rows held out or more',
      unit: '%',
      holds: atLeast(0.95),
    },
    digitProbe: {
      claim: 'Digits: the probe of the last layer is right of 95 % or more',
      unit: '%',
      holds: atLeast(0.95),
    },
    requestDepth: {
      claim: 'Requests: probes get better with depth',
      baseline: 'probe of the inputs',
      unit: '%',
      holds: aboveBaseline(),
    },
    digitDepth: {
      claim: 'Digits: probes get better with depth',
      baseline: 'probe of the inputs',
      unit: '%',
      holds: aboveBaseline(),
    },
    requestMargin: {
      claim:
        'Requests: Spearman correlation of the last margin with the noise that flips a row is 0.6 or more',
      holds: atLeast(0.6),
    },
    digitMargin: { claim: 'Digits: the same correlation is 0.6 or more', holds: atLeast(0.6) },
    requestConfidence: {
      claim:
        'Requests: among rows of equal noise, the monitor tells the flipped better than the network’s confidence does (area under the curve)',
      baseline: 'confidence of the network',
      holds: aboveBaseline(),
    },
    digitConfidence: {
      claim: 'Digits: it tells them better than confidence',
      baseline: 'confidence of the network',
      holds: aboveBaseline(),
    },
    requestMeans: {
      claim: 'Requests: it tells them better than the distance to the class mean',
      baseline: 'distance to the class mean in the last layer',
      holds: aboveBaseline(),
    },
    digitMeans: {
      claim: 'Digits: it tells them better than the distance to the class mean',
      baseline: 'distance to the class mean in the last layer',
      holds: aboveBaseline(),
    },
    requestAlarms: {
      claim: 'Ordinary requests raise an alarm at a rate of 2 % or less, where 1 % is set',
      unit: '%',
      holds: atMost(0.02),
    },
    digitAlarms: {
      claim: 'Ordinary digits raise an alarm at a rate of 2 % or less, where 1 % is set',
      unit: '%',
      holds: atMost(0.02),
    },
  },
  readings: {
    requestOwn: { title: 'Requests: correlation of the confidence with the noise that flips' },
    digitOwn: { title: 'Digits: correlation of the confidence with the noise that flips' },
    requestNear: { title: 'Requests: area under the curve of the last margin alone' },
    digitNear: { title: 'Digits: area under the curve of the last margin alone' },
    requestsFlipped: { title: 'Requests flipped by noise as long as they are', unit: '%' },
    requestsCaught: { title: 'Alarms among flipped requests', unit: '%' },
    requestsNoisy: {
      title: 'Alarms among requests of equal noise that are not flipped',
      unit: '%',
    },
    digitsFlipped: { title: 'Digits flipped by noise as long as they are', unit: '%' },
    digitsCaught: { title: 'Alarms among flipped digits', unit: '%' },
    digitsNoisy: { title: 'Alarms among digits of equal noise that are not flipped', unit: '%' },
  },
  curves: { title: 'Rows held out that the probe of a layer names', x: 'layer', y: 'share' },
  async run(study) {
    const requests = await watched(await splitRequests(study), study);
    await study.tick(0.5);
    const digits = await watched(await splitDigits(study), study);
    const by = (value: number, baseline: number) => ({ value, baseline });
    const curve = ({ accuracy }: typeof digits) => ({ x: [0, 1, 2], y: accuracy });
    return {
      requestProbe: requests.accuracy[2],
      digitProbe: digits.accuracy[2],
      requestDepth: by(requests.accuracy[2], requests.accuracy[0]),
      digitDepth: by(digits.accuracy[2], digits.accuracy[0]),
      requestMargin: requests.margin,
      digitMargin: digits.margin,
      requestConfidence: by(requests.told, requests.confidence),
      digitConfidence: by(digits.told, digits.confidence),
      requestMeans: by(requests.told, requests.means),
      digitMeans: by(digits.told, digits.means),
      requestAlarms: requests.alarms,
      digitAlarms: digits.alarms,
      requestOwn: requests.own,
      digitOwn: digits.own,
      requestNear: requests.near,
      digitNear: digits.near,
      requestsFlipped: requests.flipped,
      requestsCaught: requests.caught,
      requestsNoisy: requests.noisy,
      digitsFlipped: digits.flipped,
      digitsCaught: digits.caught,
      digitsNoisy: digits.noisy,
      curves: { requests: curve(requests), digits: curve(digits) },
    };
  },
});

interface Rows {
  readonly points: Matrix;
  readonly isSecond: Uint8Array;
}

/** Rows the network learns, rows the monitor is fitted to, and others. */
interface Split {
  readonly network: Rows;
  readonly monitor: Rows;
  readonly others: Rows;
}

function splitOf({ points, isSecond }: Rows, random: Random, shares: readonly number[]): Split {
  const order = random.sample(points.rows);
  const cuts = [0, shares[0], shares[0] + shares[1], 1].map((at) => Math.round(at * order.length));
  const [network, monitor, others] = [0, 1, 2].map((part) => {
    const rows = order.slice(cuts[part], cuts[part + 1]);
    return { points: gathered(points, rows), isSecond: Uint8Array.from(rows, (i) => isSecond[i]) };
  });
  return { network, monitor, others };
}

/** All requests out of scope, and twice as many in scope. */
async function splitRequests({ data, random, quick }: StudyContext): Promise<Split> {
  const { inScope, outOfScope } = await loadRequests(data);
  const beyond = Object.values(outOfScope).map(({ vectors }) => vectors);
  const out = beyond.reduce((sum, { rows }) => sum + rows, 0);
  const own = random.fork('in scope').sample(inScope.train.vectors.rows, 2 * out);
  const parts = [...beyond, gathered(inScope.train.vectors, own)];
  const points = joined(parts);
  const isSecond = Uint8Array.from({ length: points.rows }, (_, i) => (i < out ? 0 : 1));
  const rows = { points, isSecond };
  return splitOf(rows, random.fork('requests'), quick ? [0.1, 0.14] : [0.4, 0.35]);
}

async function splitDigits(study: StudyContext): Promise<Split> {
  const { train, test } = await loadImages(study, 'mnist');
  const images = joined([train.images, test.images]);
  const labels = [...train.labels, ...test.labels];
  const count = study.quick ? 400 : Math.min(4000, labels.length);
  const [cols, points] = [SIDE * SIDE, zeros(count, SIDE * SIDE)];
  for (let i = 0; i < count; i++) drawHalved(images, i, points.data, i * cols, SIDE);
  const isSecond = Uint8Array.from({ length: count }, (_, i) => labels[i] % 2);
  return splitOf({ points, isSecond }, study.random.fork('digits'), [0.4, 0.35]);
}

function joined(parts: readonly Matrix[]): Matrix {
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return matrix(data, data.length / parts[0].cols, parts[0].cols);
}

async function watched({ network: own, monitor: fit, others }: Split, study: StudyContext) {
  const { random, quick, engine, signal } = study;
  const network = await smallNetwork(own.points, own.isSecond, quick ? 60 : 400, study);
  const layered = async (points: Matrix) =>
    (await network.layers(points)).map((rows, l) => ({ name: `layer ${l}`, points: rows }));
  const classes = Array.from(fit.isSecond, (second) => (second ? 'second' : 'first'));
  const run = { engine, signal };
  const level = quick ? 0.05 : LEVEL;
  const found = await fitMonitor(
    { layers: await layered(fit.points), classes },
    { ...run, level, seed: study.seed },
  );
  const { monitor } = found;
  const check = async (points: Matrix) =>
    checkMonitor(monitor, { layers: await layered(points) }, { ...run, anySpace: true });
  const plain = await check(others.points);
  const asked = quick ? 60 : 300;
  const some = gathered(
    others.points,
    Array.from({ length: asked }, (_, i) => i),
  );
  const flips = await flippedAt(network, some, random.fork('noise'));
  const told = await toldApart(network, monitor, check, others.points, random.fork('told'));
  return {
    accuracy: found.accuracy.map(({ value }) => value),
    margin: spearman(flips, lastMargins(plain.margins).subarray(0, asked)),
    own: spearman(
      flips,
      (await network.confidence(some)).map((x) => Math.abs(x - 0.5)),
    ),
    alarms: plain.share,
    ...told,
  };
}

/** The mean length, over directions by chance, of the least noise that flips each row; none: beyond the longest. */
async function flippedAt(network: SmallNetwork, points: Matrix, random: Random) {
  const { rows: n } = points;
  const [plain, scale] = [await network.confidence(points), spreadOf(points)];
  const lengths = new Float64Array(n);
  for (let t = 0; t < DIRECTIONS; t++) {
    const directions = noiseLike(points, random.fork(t));
    const least = new Float64Array(n).fill(2 * (NOISES.at(-1) ?? 0));
    for (const noise of NOISES.toReversed()) {
      const changed = await network.confidence(movedAlong(points, directions, noise * scale));
      for (let i = 0; i < n; i++) if (changed[i] > 0.5 !== plain[i] > 0.5) least[i] = noise;
    }
    for (let i = 0; i < n; i++) lengths[i] += least[i] / DIRECTIONS;
  }
  return lengths;
}

/** How well rows that noise of one length flipped are told from others of the same noise. */
async function toldApart(
  network: SmallNetwork,
  { level }: Monitor,
  check: (points: Matrix) => ReturnType<typeof checkMonitor>,
  points: Matrix,
  random: Random,
) {
  const changed = movedAlong(points, noiseLike(points, random), TOLD_AT * spreadOf(points));
  const [plain, after] = [await network.confidence(points), await network.confidence(changed)];
  const isFlipped = after.map((x, i) => (x > 0.5 !== plain[i] > 0.5 ? 1 : 0));
  const { p, margins } = await check(changed);
  const apart = (odd: Float64Array) =>
    areaUnderRoc(
      odd.filter((_, i) => isFlipped[i] === 0),
      odd.filter((_, i) => isFlipped[i] === 1),
    );
  const [known, asked] = [await network.layers(points), await network.layers(changed)];
  const distances = distancesToMeans([known[2], plain], [asked[2], after]);
  const share = (flipped: number) => {
    const own = p.filter((_, i) => isFlipped[i] === flipped);
    return own.filter((value) => value <= level).length / Math.max(1, own.length);
  };
  return {
    told: apart(p.map((value) => -value)),
    near: apart(lastMargins(margins).map((margin) => -margin)),
    confidence: apart(after.map((x) => -Math.abs(x - 0.5))),
    means: apart(distances),
    flipped: isFlipped.reduce((sum, one) => sum + one, 0) / isFlipped.length,
    caught: share(1),
    noisy: share(0),
  };
}
