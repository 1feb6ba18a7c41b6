import { OptionError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { Random } from '../../../core/random.ts';
import {
  crossEntropy,
  embedding,
  meanSquaredError,
  normalizeRows,
  scale,
  type Tensor,
  type Workspace,
} from '../../../learning/index.ts';
import { choice, integer, number, type OptionsOf } from '../../../method/options.ts';
import type { Batch, LossOfStep, SettleContext, Task } from '../types.ts';
import { type ClassCodes, placedClasses, requireCodes } from './class-codes.ts';
import { classVectors } from './class-vectors.ts';
import { HEADS, type Head, type HeadSettings, isFixed } from './heads.ts';
import { meanLoss, shareRight, threeParts, validationOption } from './held-out.ts';

/** The options of every learner with a vector for each class. */
export const classificationOptions = {
  dim: integer(64, 'Columns of the embedding.', { min: 2 }),
  head: choice(HEADS, 'prototypes', 'The vectors of the classes.'),
  scale: number(16, 'What cosines are multiplied by.', { min: 0, symbol: 's' }),
  subspace: integer(4, 'Dimensions of each subspace of the head subspaces.', { min: 1 }),
  reserve: integer(0, 'Places of the head for classes to come.', { min: 0 }),
  loss: choice(
    ['cross-entropy', 'squared-error'],
    'cross-entropy',
    'What is minimised; squared-error brings the embedding to the vector of its class.',
  ),
  smoothing: number(0, 'Label smoothing.', { min: 0, max: 0.999 }),
  heldOut: number(0.1, 'Share of the rows that is kept to measure the accuracy.', {
    min: 0,
    max: 0.9,
  }),
  validation: validationOption(),
} as const;

type Options = OptionsOf<typeof classificationOptions>;

/** Settings of a head, and its classes by place. */
export type ClassSettings = HeadSettings & { readonly classes: readonly string[] };

interface ClassesProblem {
  /** Names of the classes of the examples. */
  readonly names: readonly string[];
  readonly codes: ClassCodes | undefined;
  /** Vectors that say what the classes mean, by place. */
  readonly meanings: (classes: readonly string[]) => Matrix;
}

/** The classes and their head: of the codes given, or made anew. */
export async function settledClasses(
  where: string,
  { names, codes, meanings }: ClassesProblem,
  options: Options,
  { random, run, spread }: Omit<SettleContext, 'codes'>,
): Promise<ClassSettings> {
  if (codes) requireCodes(where, codes, options);
  const { dim, head, subspace, reserve } = options;
  const classes = placedClasses(where, names, codes);
  const places = codes ? codes.vectors.rows : classes.length + reserve;
  const made =
    !codes && isFixed(head)
      ? await classVectors(
          where,
          { code: head, places, dim, meanings: () => meanings(classes), spread },
          random,
          run,
        )
      : undefined;
  const vectors = Array.from((codes?.vectors ?? made)?.data ?? [], Math.fround);
  return { classes, places, dim, head, scale: options.scale, subspace, vectors };
}

interface Classification {
  /** For messages. */
  readonly where: string;
  /** The embeddings of examples; in a step of training with its stream. */
  readonly encoded: (rows: Int32Array, random?: Random) => Tensor;
  readonly head: Head;
  /** The place of each example's class. */
  readonly of: Int32Array;
  /** How many places the head has. */
  readonly places: number;
  /** What the dispersion objective spreads, of the examples of a step and their embeddings. */
  readonly spread: (
    embedded: Tensor,
    rows: Int32Array,
  ) => Pick<LossOfStep, 'spread'> & { readonly isByExample?: boolean };
}

/** Cross-entropy of the head on the examples that training sees; accuracy on those held out. */
export function classificationTask(
  { where, encoded, head, of, places, spread }: Classification,
  options: Options & { readonly seed: number },
): Task {
  const lossOf = lossFor(where, head, options);
  const { train, validation, heldOut } = threeParts(of.length, options);
  const validationLoss = (rows: Int32Array) =>
    lossOf(
      encoded(rows),
      rows.map((row) => of[row]),
    );
  const accuracy = (rows: Int32Array, workspace: Workspace) =>
    shareRight((part) => head.logits(encoded(part)), rows, of, workspace);
  return {
    rows: train.length,
    heldOut:
      validation.length > 0
        ? {
            better: 'lower',
            name: 'validationLoss',
            value: (workspace) => meanLoss(validationLoss, validation, workspace),
          }
        : undefined,
    loss({ rows, random }: Batch) {
      const drawn = rows.map((row) => train[row]);
      const embedded = encoded(drawn, random);
      const own = drawn.map((row) => of[row]);
      const { spread: apart, isByExample = false } = spread(embedded, drawn);
      return {
        loss: lossOf(embedded, own),
        spread: apart,
        classes: isByExample ? own : undefined,
      };
    },
    async report(workspace) {
      const trainAccuracy = await accuracy(train, workspace);
      if (heldOut.length === 0) return { trainAccuracy };
      const counts = new Int32Array(places);
      for (const row of heldOut) counts[of[row]] += 1;
      return {
        accuracy: await accuracy(heldOut, workspace),
        majority: Math.max(...counts) / heldOut.length,
        trainAccuracy,
        heldOut: heldOut.length,
        ...(validation.length > 0 && { validation: validation.length }),
      };
    },
  };
}

/** The loss of embedded rows and the places of their classes. */
function lossFor(
  where: string,
  { logits, directions }: Head,
  { loss, smoothing, head }: Options,
): (embedded: Tensor, own: Int32Array) => Tensor {
  if (loss === 'cross-entropy')
    return (embedded, own) => crossEntropy(logits(embedded), own, { smoothing });
  if (!directions || !isFixed(head))
    throw new OptionError(
      where,
      'loss',
      `"cross-entropy" with the head "${head}", which moves`,
      loss,
    );
  // ‖f/‖f‖ − p‖² of a row, which is 2 − 2cos.
  return (embedded, own) =>
    scale(meanSquaredError(normalizeRows(embedded), embedding(directions, own)), embedded.shape[1]);
}
