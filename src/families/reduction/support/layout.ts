import { OptionError } from '../../../core/errors.ts';
import { matrix } from '../../../core/matrix.ts';
import type { MethodRun } from '../../../method/method.ts';
import type { ReductionRunOptions } from '../types.ts';
import { loadLayout, saveLayout } from './layout-checkpoint.ts';
import type { Layout } from './layout-steps.ts';

/** Frames, and checkpoints, of a whole layout where nothing is said. */
const FRAMES = 200;
const CHECKPOINTS = 20;

export interface LayoutRun {
  readonly id: string;
  readonly layout: Layout;
  readonly steps: number;
  /** The rate at the end, as a share of that at the start; it falls along a line. */
  readonly lowestRate: number;
  /** What tells this layout from others: its options, its edges, its start. */
  readonly fingerprint: () => string;
  /** Does one step in place: a few milliseconds of work. The same step moves the same rows to the same places. */
  readonly advance: (step: number, rate: number) => void;
}

/**
 * Runs a layout to its end, in place. It can stop after any step and go on from a checkpoint to the same bytes.
 */
export async function layOut(
  { id, layout, steps, lowestRate, fingerprint, advance }: LayoutRun,
  run: MethodRun<ReductionRunOptions>,
): Promise<void> {
  const { checkpoint, resume, onFrame } = run.options;
  if (resume && !checkpoint)
    throw new OptionError(id, 'checkpoint', 'given where resume is', 'nothing');
  const every = checkpoint?.every ?? Math.ceil(steps / CHECKPOINTS);
  if (!(Number.isSafeInteger(every) && every > 0))
    throw new OptionError(id, 'checkpoint.every', 'a whole number from 1 on', every);
  const owner = checkpoint ? { id, steps, fingerprint: fingerprint() } : undefined;
  const { store } = checkpoint ?? {};
  const first = store && owner && resume ? await loadLayout(store, owner, layout) : 0;
  const frameEvery = Math.ceil(steps / FRAMES);
  const isDue = (step: number, interval: number) => step % interval === 0 || step === steps;
  for (let step = first; step < steps; step++) {
    advance(step, Math.max(lowestRate, 1 - step / steps));
    const done = step + 1;
    if (onFrame && isDue(done, frameEvery))
      await onFrame({
        step: done,
        steps,
        points: matrix(layout.data.slice(), layout.rows, layout.cols),
      });
    if (store && owner && isDue(done, every)) await saveLayout(store, owner, done, layout);
    await run.tick({ stage: id, done: done / steps, step: done });
  }
}
