import { checksumOf } from '../../../core/checksum.ts';
import { AbortedError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import {
  adam,
  cosineDecay,
  type Tensor,
  type TrainResult,
  train,
} from '../../../learning/index.ts';
import type { FitContext } from '../types.ts';

/** Frames that a viewer is shown of a training. */
const FRAMES = 60;

export interface MapTraining {
  readonly id: string;
  readonly points: Matrix;
  readonly options: { readonly seed: number };
  readonly steps: number;
  readonly learningRate: number;
  /** The loss, and where the fitted rows lie, n × m. */
  readonly loss: () => { readonly loss: Tensor; readonly layout: Tensor };
}

/**
 * Trains a map on all rows at once, by Adam along half a cosine: it shows its layout, saves itself, goes on from where it was
 * saved, and stops on request.
 */
export async function trainMap(
  { id, points, options, steps, learningRate, loss }: MapTraining,
  { engine, run }: FitContext,
): Promise<TrainResult> {
  const { signal, onProgress, onFrame, checkpoint, resume } = run.options;
  const every = Math.max(1, Math.floor(steps / FRAMES));
  const trained = await train({
    loss() {
      const { loss: total, layout } = loss();
      return { loss: total, values: onFrame ? { layout } : undefined };
    },
    async onStep({ step, values: { layout } }) {
      if (!layout || (step % every !== 0 && step !== steps)) return;
      const { rows } = points;
      const data = layout.slice();
      await onFrame?.({ step, steps, points: { data, rows, cols: data.length / rows } });
    },
    steps,
    update: adam({ learningRate }),
    schedule: cosineDecay(),
    seed: options.seed,
    engine,
    signal,
    checkpoint,
    resume,
    onProgress: (progress) => onProgress?.({ ...progress, stage: id }),
    conditions: checkpoint && conditionsOf(id, points, options),
  });
  if (signal?.aborted) throw new AbortedError(id);
  return trained;
}

/** What a training that goes on must have as it began. */
export function conditionsOf(method: string, { data, rows, cols }: Matrix, options: object) {
  const named = `${rows} × ${cols}, checksum ${checksumOf(data)}`;
  return { method, options: JSON.stringify(options), rows: named };
}
