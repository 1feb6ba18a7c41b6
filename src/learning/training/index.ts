export type { Also } from '../model/restored.ts';
export type { HeldOut, HeldOutValue } from './held-out.ts';
export type {
  Checkpoints,
  LossAndReport,
  LossStep,
  StepDone,
  TrainingProgress,
  TrainOptions,
  TrainResult,
} from './options.ts';
export { train } from './train.ts';
