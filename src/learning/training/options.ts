import { OptionError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Progress } from '../../core/run.ts';
import type { Engine, EngineName, MaybePromise } from '../../engine/engine.ts';
import type { ByteStore } from '../../io/byte-store.ts';
import type { Also } from '../model/restored.ts';
import type { Parameter } from '../tape/parameter.ts';
import type { Tensor } from '../tape/tensor.ts';
import type { Update } from '../updates/update.ts';
import { type HeldOut, type HeldOutValue, requireHeldOut } from './held-out.ts';

/** Where training saves itself, and how often. */
export interface Checkpoints {
  /** Such as `fileStore('run.safetensors')`; in a browser anything with `save` and `load`. */
  readonly store: ByteStore;
  /** Steps from one checkpoint to the next, 100 where left out; the last step is always saved. */
  readonly every?: number | undefined;
}

/** What the loss of a step may depend on. */
export interface LossStep {
  /** 1 for the first. */
  readonly step: number;
  /** The stream of this step: it is the same whatever was drawn in others. */
  readonly random: Random;
}

/** The loss of a step with more to know about it. */
export interface LossAndReport {
  /** One number. */
  readonly loss: Tensor;
  /** Single numbers below the loss, for the result: the terms it is a sum of. */
  readonly report?: Readonly<Record<string, Tensor>> | undefined;
  /** Tensors below the loss whose values `onStep` wants: embeddings for a memory bank. */
  readonly values?: Readonly<Record<string, Tensor>> | undefined;
}

/** What became of a step. */
export interface StepDone {
  readonly step: number;
  readonly loss: number;
  /** Learning rates relative to those of the update rules: the schedule’s factor. */
  readonly factor: number;
  /** Of all gradients together, before they were clipped. */
  readonly gradientNorm: number;
  readonly report: Readonly<Record<string, number>>;
  /** What the loss asked for; the arrays hold it until `onStep` is done. */
  readonly values: Readonly<Record<string, Floats>>;
}

export interface TrainingProgress extends Progress {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
}

export interface TrainOptions {
  /** Builds the loss of a step. */
  readonly loss: (step: LossStep) => MaybePromise<Tensor | LossAndReport>;
  /** Steps in all, those before a resume included. */
  readonly steps: number;
  /** How parameters follow their gradients: one rule for all, or one for each. */
  readonly update: Update | ((parameter: Parameter) => Update);
  /** A factor on the learning rate: (step from 1 on, steps) → factor. */
  readonly schedule?: ((step: number, steps: number) => number) | undefined;
  readonly seed?: number | undefined;
  /** The longest norm that all gradients together may have; longer ones are shortened to it. */
  readonly clip?: number | undefined;
  /** Default: the fastest for the parameters’ element type. */
  readonly engine?: Engine | undefined;
  /** Ends training after the step it is in; what was learned stays, and is saved. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** Called after every step, before it is saved: the place to fill memory banks. */
  readonly onStep?: ((step: StepDone) => MaybePromise<void>) | undefined;
  readonly heldOut?: HeldOut | undefined;
  readonly checkpoint?: Checkpoints | undefined;
  /** Goes on from the checkpoint, where there is one. */
  readonly resume?: boolean | undefined;
  /** Besides the parameters, arrays that training changes: running statistics, memory banks. Checkpoints save them. */
  readonly also?: Also | undefined;
  /** What a run that goes on must have as the checkpoint had it, by name: its data, its loss, in words or numbers. */
  readonly conditions?: Readonly<Record<string, string>> | undefined;
  /** Parameters that a resumed run must know before its first loss is built; others are found below the loss. */
  readonly parameters?: readonly Parameter[] | undefined;
}

export interface HeldOutResult {
  readonly values: readonly HeldOutValue[];
  /** Undefined where the signal came before the first evaluation. */
  readonly best: HeldOutValue | undefined;
  readonly better: HeldOut['better'];
}

export interface TrainResult {
  /** Steps made, those before a resume included. */
  readonly steps: number;
  /** Of the last step. */
  readonly loss: number;
  /** Of every step. */
  readonly losses: Float64Array;
  /** A number for every step; NaN for steps that did not report it. */
  readonly reports: Readonly<Record<string, Float64Array>>;
  /** Of this call, checkpoints and held-out values included. */
  readonly seconds: number;
  /** Of this call; 0 where it had no step left to do. */
  readonly stepsPerSecond: number;
  readonly engine: EngineName;
  /** All that were moved; they hold the best values where `heldOut` was given, else the last. */
  readonly parameters: readonly Parameter[];
  /** Whether all steps were made, the held-out value got no better, or the signal came. */
  readonly ended: 'steps' | 'patience' | 'signal';
  /** The step after which a checkpoint was taken up. */
  readonly resumedAfter?: number | undefined;
  readonly heldOut?: HeldOutResult | undefined;
  /** Sentences about what a reader of the result should know. */
  readonly warnings: readonly string[];
}

/** Refuses what no training can have. */
export function requireTrainOptions({
  steps,
  seed = 0,
  clip,
  heldOut,
  checkpoint,
  resume,
}: TrainOptions): void {
  const isCount = (n: number) => Number.isSafeInteger(n) && n >= 1;
  if (!isCount(steps)) throw new OptionError('train', 'steps', 'a whole number from 1 on', steps);
  if (!Number.isSafeInteger(seed)) throw new OptionError('train', 'seed', 'a whole number', seed);
  if (clip !== undefined && !(clip > 0))
    throw new OptionError('train', 'clip', 'a number above 0', clip);
  if (heldOut) requireHeldOut(heldOut);
  const { every } = checkpoint ?? {};
  if (every !== undefined && !isCount(every))
    throw new OptionError('train', 'checkpoint.every', 'a whole number from 1 on', every);
  if (resume && !checkpoint)
    throw new OptionError('train', 'checkpoint', 'given where resume is', 'nothing');
}
