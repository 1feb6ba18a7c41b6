import { InputError, OptionError } from '../../../core/errors.ts';
import { type Matrix, matrix } from '../../../core/matrix.ts';
import type { MaybePromise } from '../../../engine/engine.ts';
import type { ByteStore } from '../../../io/byte-store.ts';
import { decodeDescribed, encodeDescribed } from '../../../io/described.ts';
import type { MethodRun } from '../../../method/method.ts';
import type { ReductionRunOptions } from '../types.ts';

/** A layout that moves step by step: all that it remembers between steps is in its state. */
export interface LayoutRun {
  readonly steps: number;
  /** Overwritten by `step` and by what a checkpoint holds. */
  readonly state: Readonly<Record<string, Float64Array>>;
  /** n × dim, an array of the state. */
  readonly places: Float64Array;
  readonly dim: number;
  /** Steps from one frame, and from one checkpoint, to the next. */
  readonly frameEvery?: number;
  readonly saveEvery?: number;
  /** What a checkpoint must agree with besides the method: options, rows. Asked for where there is a checkpoint. */
  readonly identity: () => Identity;
  /** A few milliseconds of work. The same step moves the same state to the same bytes. */
  step(at: number): MaybePromise<void>;
}

type Identity = Readonly<Record<string, string | number>>;

const KIND = { format: 'tammes-layout', version: 1, title: 'checkpoint of a layout' };
const FRAME_EVERY = 10;
const SAVE_EVERY = 50;

/** 200 frames and 20 checkpoints, however many the steps. */
export function evenlySpaced(steps: number) {
  return { frameEvery: Math.ceil(steps / 200), saveEvery: Math.ceil(steps / 20) };
}

/**
 * Runs a layout to its end, with frames, checkpoints and the event loop in between. A resumed layout ends with the same
 * bytes, whichever step it was stopped at.
 */
export async function runLayout(
  id: string,
  layout: LayoutRun,
  run: MethodRun<ReductionRunOptions>,
): Promise<void> {
  const { onFrame, checkpoint, resume } = run.options;
  const { steps, places, dim, frameEvery = FRAME_EVERY, saveEvery = SAVE_EVERY } = layout;
  if (resume && !checkpoint)
    throw new OptionError(id, 'resume', 'with a checkpoint to go on from', 'none');
  const every = checkpoint?.every ?? saveEvery;
  if (!(Number.isSafeInteger(every) && every > 0))
    throw new OptionError(id, 'checkpoint.every', 'a whole number from 1 on', every);
  const said = checkpoint ? { method: id, ...layout.identity() } : {};
  const isDue = (step: number, interval: number) => step % interval === 0 || step === steps;
  let step = checkpoint && resume ? await restored(checkpoint.store, layout, said) : 0;
  while (step < steps) {
    const pending = layout.step(step);
    if (pending) await pending;
    step += 1;
    if (onFrame && isDue(step, frameEvery))
      await onFrame({ step, steps, points: asMatrix(places, dim) });
    if (checkpoint && isDue(step, every)) await checkpoint.store.save(encoded(layout, step, said));
    await run.tick({ stage: id, done: step / steps, step });
  }
}

function asMatrix(places: Float64Array, dim: number): Matrix {
  return matrix(places.slice(), places.length / dim, dim);
}

function encoded({ state }: LayoutRun, step: number, said: object): Uint8Array {
  const tensors = Object.entries(state).map(([name, data]) => ({
    name,
    shape: [data.length],
    data,
  }));
  return encodeDescribed(KIND, { ...said, step }, tensors);
}

/** The step that the checkpoint was saved after, its state taken over; 0 where there is none yet. */
async function restored(
  store: ByteStore,
  { state, steps }: LayoutRun,
  said: Identity,
): Promise<number> {
  const bytes = await store.load();
  if (!bytes) return 0;
  const { fields, tensors } = await decodeDescribed(bytes, store.name, KIND);
  const other = Object.keys(said).find((name) => fields[name] !== said[name]);
  if (other !== undefined) {
    const what = other === 'method' ? 'another method' : 'other rows, options or another seed';
    const saved = `the checkpoint was saved with ${other} ${fields[other]}, this run has ${said[other]}`;
    throw new InputError(
      store.name,
      `the checkpoint is of ${what}; expected that of this run (${saved}): name another file, or leave out --resume to start anew.`,
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
