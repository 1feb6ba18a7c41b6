import { InputError, OptionError } from '../../../core/errors.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import { decodeDescribed, encodeDescribed } from '../../../learning/model/described.ts';
import type { MethodRun } from '../../../method/method.ts';
import type { ReductionRunOptions } from '../types.ts';

/** A layout that moves step by step: all that it remembers between steps is in its state. */
export interface Layout {
  readonly steps: number;
  /** Overwritten by `step` and by what a checkpoint holds. */
  readonly state: Readonly<Record<string, Float64Array>>;
  /** n × dim, an array of the state. */
  readonly places: Float64Array;
  readonly dim: number;
  step(at: number): void;
}

const KIND = { format: 'tammes-layout', version: 1, title: 'checkpoint of a layout' };
const FRAME_EVERY = 10;
const SAVE_EVERY = 50;

/**
 * Runs a layout to its end, with frames, checkpoints and the event loop in between. A resumed layout ends with the same
 * bytes, whichever step it was stopped at.
 *
 * @param identity what a checkpoint must agree with: the method, its options, the points
 */
export async function runLayout(
  id: string,
  layout: Layout,
  run: MethodRun<ReductionRunOptions>,
  identity: Readonly<Record<string, string | number>>,
): Promise<void> {
  const { onFrame, checkpoint, resume } = run.options;
  const { steps, places, dim } = layout;
  const said = { method: id, ...identity };
  if (resume && !checkpoint)
    throw new OptionError(id, 'resume', 'with a checkpoint to go on from', 'none');
  let step = resume ? await restored(run, layout, said) : 0;
  while (step < steps) {
    layout.step(step);
    step += 1;
    const isLast = step === steps;
    if (onFrame && (isLast || step % FRAME_EVERY === 0))
      await onFrame({ step, steps, points: asMatrix(places, dim) });
    if (checkpoint && (isLast || step % (checkpoint.every ?? SAVE_EVERY) === 0))
      await checkpoint.store.save(encoded(layout, step, said));
    await run.tick({ stage: id, done: step / steps, step });
  }
}

function asMatrix(places: Float64Array, dim: number): Matrix {
  return matrix(places.slice(), places.length / dim, dim);
}

function encoded({ state }: Layout, step: number, said: object): Uint8Array {
  const tensors = Object.entries(state).map(([name, data]) => ({
    name,
    shape: [data.length],
    data,
  }));
  return encodeDescribed(KIND, { ...said, step }, tensors);
}

/** The step that the checkpoint was saved after, its state taken over; 0 where there is none yet. */
async function restored(
  run: MethodRun<ReductionRunOptions>,
  { state, steps }: Layout,
  said: Readonly<Record<string, string | number>>,
): Promise<number> {
  const store = run.options.checkpoint?.store;
  const bytes = await store?.load();
  if (!store || !bytes) return 0;
  const { fields, tensors } = await decodeDescribed(bytes, store.name, KIND);
  for (const [name, value] of Object.entries(said)) {
    if (fields[name] !== value)
      throw new InputError(
        store.name,
        `the checkpoint was saved with ${name} ${fields[name]}; here it is ${value}. Start again without resume.`,
      );
  }
  const { step } = fields;
  if (!Number.isSafeInteger(step) || (step as number) < 0 || (step as number) > steps)
    throw new InputError(store.name, 'the description of the checkpoint is damaged.');
  for (const [name, array] of Object.entries(state)) {
    const saved = tensors.get(name);
    if (!(saved?.data instanceof Float64Array) || saved.data.length !== array.length)
      throw new InputError(store.name, `the array ${name} of the checkpoint is damaged.`);
    array.set(saved.data);
  }
  return step as number;
}
