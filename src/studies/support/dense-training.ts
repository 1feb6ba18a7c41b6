import {
  adam,
  add,
  constant,
  cosineDecay,
  crossEntropy,
  evaluate,
  IGNORED,
  meanSquaredError,
  multiply,
  type Parameter,
  scale,
  sliceColumns,
  train,
  type Update,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';
import { BACKGROUND, CANVAS, type Canvases, someCanvases } from './canvases.ts';
import { type DenseNetwork, imageTensor } from './dense-network.ts';
import { type DenseQuality, denseTally, qualityOf, tallyInPlace } from './dense-quality.ts';

export interface DenseTraining {
  readonly steps: number;
  readonly batch: number;
  /** Steps from one look at the test canvases to the next, and how many of them are looked at then. */
  readonly every: number;
  readonly looks: number;
  /** Parameters that wait for the others, and then move at a tenth of their rate. */
  readonly slow: readonly Parameter[];
}

export interface DenseOutcome extends DenseQuality {
  /** Mean IoU after so many steps, on the canvases looked at. */
  readonly curve: { readonly x: number[]; readonly y: number[] };
  /** The first look at which nine tenths of the last one's mean IoU were reached. */
  readonly stepsToMost: number;
}

const RATE = 0.01;
/** Weight of the squared error of the depth, which the background has none of, beside the cross-entropy. */
const DEPTH = 2;
/** Share of the steps in which what was pretrained waits for the adapters. */
const WAIT = 0.2;
/** Of the pixels of the background, which are six in seven, one in so many counts in the loss. */
const SELDOM = 5;
/** Canvases that are measured at once. */
const ROWS = 50;

/** Trains on canvases and measures on others. */
export async function trainedDense(
  { engine, signal, seed, random }: StudyContext,
  network: DenseNetwork,
  known: Canvases,
  test: Canvases,
  { steps, batch, every, looks, slow }: DenseTraining,
): Promise<DenseOutcome> {
  const rates = { fast: adam({ learningRate: RATE }), slow: adam({ learningRate: RATE / 10 }) };
  const late = after(Math.floor(WAIT * steps), rates.slow);
  const waits = new Set(slow);
  // The same canvases in the same order whatever the network.
  const draws = random.fork('batches');
  const looked = someCanvases(
    test,
    Int32Array.from({ length: looks }, (_, row) => row),
  );
  const curve = { x: [] as number[], y: [] as number[] };
  const workspace = new Workspace(engine);
  await train({
    steps,
    seed,
    engine,
    signal,
    update: (parameter) => (waits.has(parameter) ? late : rates.fast),
    schedule: cosineDecay(),
    loss({ step }) {
      const n = known.images.rows;
      const { images, classes, depth } = someCanvases(
        known,
        draws.fork(step).sample(n, Math.min(batch, n)),
      );
      const outputs = network.apply(imageTensor(images.data, CANVAS), true);
      const logits = sliceColumns(outputs, 0, BACKGROUND + 1);
      const guess = sliceColumns(outputs, BACKGROUND + 1, BACKGROUND + 2);
      const ofDigits = constant(Float32Array.from(depth, Math.sign), guess.shape);
      const error = meanSquaredError(multiply(guess, ofDigits), constant(depth, guess.shape));
      return add(crossEntropy(logits, thinned(classes)), scale(error, DEPTH));
    },
    async onStep({ step }) {
      if (step % every !== 0 && step !== steps) return;
      curve.x.push(step);
      curve.y.push((await denseQuality(network, looked, workspace)).meanIou);
    },
  });
  const most = 0.9 * curve.y[curve.y.length - 1];
  const stepsToMost = curve.x[curve.y.findIndex((y) => y >= most)];
  return { ...(await denseQuality(network, test, workspace)), curve, stepsToMost };
}

/** Most of the background as nothing to be learned from. */
function thinned(classes: Int32Array): Int32Array {
  return classes.map((own, pixel) => (own === BACKGROUND && pixel % SELDOM !== 0 ? IGNORED : own));
}

/** A rule whose first step comes after so many; until then parameters stay. */
function after(wait: number, update: Update): Update {
  return {
    ...update,
    apply: (parameter, gradient, state, own) =>
      own.step > wait
        ? update.apply(parameter, gradient, state, { ...own, step: own.step - wait })
        : undefined,
  };
}

/** What the network makes of canvases, some at a time. */
export async function denseQuality(
  network: DenseNetwork,
  canvases: Canvases,
  workspace: Workspace,
): Promise<DenseQuality> {
  const tally = denseTally(BACKGROUND + 1);
  const n = canvases.images.rows;
  for (let first = 0; first < n; first += ROWS) {
    const count = Math.min(ROWS, n - first);
    const part = someCanvases(
      canvases,
      Int32Array.from({ length: count }, (_, i) => first + i),
    );
    const outputs = network.apply(imageTensor(part.images.data, CANVAS), false);
    tallyInPlace(tally, part, await evaluate(outputs, workspace));
  }
  return qualityOf(tally);
}
