import { InputError, OptionError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { RunOptions } from '../../method/method.ts';
import type { PlannedCodec, PlanTarget } from '../planner/plan.ts';
import { codecById } from '../store/codecs.ts';

export { type Corpus, corpusOf } from '../planner/corpus.ts';
export {
  type Losses,
  type Plan,
  type PlannedCodec,
  type PlanOptions,
  type PlanTarget,
  planCompression,
} from '../planner/plan.ts';

/** `recall@10>=0.95`. */
const RECALL = /^recall@(\d+)\s*>=\s*(\d*\.?\d+)(%?)$/i;
/** `8x`, `8`. */
const SIZE = /^(\d*\.?\d+)x?$/i;

/** The target in words: `recall@10>=0.95`, or `8x` for a size; refuses others in a sentence. */
export function planTarget(target: string | undefined, size: string | undefined): PlanTarget {
  const [, k, recall, percent] = RECALL.exec(target?.trim() ?? '') ?? [];
  if (target !== undefined && recall === undefined)
    throw new OptionError('compress plan', 'target', "like 'recall@10>=0.95'", target);
  const [, times] = SIZE.exec(size?.trim() ?? '') ?? [];
  if (size !== undefined && times === undefined)
    throw new OptionError('compress plan', 'size', "like '8x', times less than float32", size);
  return {
    ...(recall === undefined ? {} : { recall: Number(recall) / (percent ? 100 : 1), k: Number(k) }),
    ...(times === undefined ? {} : { times: Number(times) }),
  };
}

/** What a plan's file says: what it chose, for how many nearest rows, of vectors of how many columns. */
export interface GivenPlan {
  readonly chosen: PlannedCodec;
  readonly k: number;
  readonly d?: number | undefined;
}

/** The plan of a JSON file; a sentence where it is none or chose nothing. */
export function givenPlan(name: string, plan: unknown): GivenPlan {
  const chosen = chosenOfPlan(name, plan);
  const { k = 10, d } = plan as { readonly k?: number; readonly d?: number };
  return { chosen, k, d };
}

/** What a plan's JSON has chosen; a sentence where it is no plan or chose nothing. */
export function chosenOfPlan(name: string, plan: unknown): PlannedCodec {
  const { chosen } = (typeof plan === 'object' && plan !== null ? plan : {}) as {
    chosen?: PlannedCodec | null;
  };
  if (chosen === undefined)
    throw new InputError(name, 'a plan of tammes compress plan is expected: JSON with "chosen".');
  if (chosen === null)
    throw new InputError(
      name,
      'the plan chose nothing: no codec that was tried reached its target.',
    );
  const { codec, dims, options } = chosen;
  if (typeof codec !== 'string' || !Number.isSafeInteger(dims) || typeof options !== 'object')
    throw new InputError(name, 'the plan is damaged: "chosen" names a codec, options and dims.');
  return chosen;
}

/** Refuses vectors of another width than a plan was made for. */
export function requirePlanned(name: string, { d }: GivenPlan, points: Pick<Matrix, 'cols'>): void {
  if (d !== undefined && d !== points.cols)
    throw new InputError(
      name,
      `the plan is for vectors of ${d} columns; these have ${points.cols}: make a plan of them.`,
    );
}

/** Codes points as a plan says. */
export function compressAsPlanned(
  points: Matrix,
  { codec, dims, options }: Pick<PlannedCodec, 'codec' | 'dims' | 'options'>,
  run: RunOptions = {},
) {
  const kept = dims < points.cols ? { dims, axes: 'pca' } : { dims: points.cols, axes: 'pca' };
  return codecById(codec)(points, { ...options, ...kept } as never, run);
}
