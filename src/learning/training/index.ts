export type { Also } from '../model/restored.ts';
export type { HeldOut, HeldOutValue } from './held-out.ts';
export type {
  Checkpoints,
  HeldOutResult,
  LossAndReport,
  LossStep,
  StepDone,
  TrainingProgress,
  TrainOptions,
  TrainResult,
} from './options.ts';
export {
  type Sweep,
  type SweepOptions,
  type SweepOutcome,
  type SweepResult,
  sweep,
} from './sweep.ts';
export { train } from './train.ts';
