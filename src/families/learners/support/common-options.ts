import { choice, integer, number, seedOption } from '../../../method/options.ts';

/** The options that every learner has. */
export const commonOptions = {
  epochs: number(0, 'Times every example is seen; 0: ten, or as many as make 300 steps.', {
    min: 0,
  }),
  steps: integer(0, 'Steps, instead of epochs; 0 goes by epochs.', { min: 0 }),
  batch: integer(64, 'Examples in a step.', { min: 1 }),
  // Rows of tables take ten times as much, up to the 10⁶ that update rules allow.
  learningRate: number(0.003, 'Step length.', { min: 0, max: 1e5 }),
  optimizer: choice(
    ['adam-w', 'adam', 'sgd', 'lars'],
    'adam-w',
    'How parameters follow their gradients; those on the sphere and the like follow geodesics.',
  ),
  manifoldRate: number(
    1,
    'Step length of parameters on the sphere and the like, in step lengths of the others.',
    { min: 0 },
  ),
  weightDecay: number(0.01, 'Pull of the weights to 0.', { min: 0 }),
  schedule: choice(
    ['cosine', 'linear', 'constant'],
    'cosine',
    'How the learning rate falls over the steps.',
  ),
  clip: number(0, 'Longest norm of all gradients together; 0 does not shorten.', { min: 0 }),
  spreadWeight: number(0.1, 'Weight of the dispersion objective beside the loss.', { min: 0 }),
  patience: integer(
    0,
    'Epochs without a better held-out value after which training ends; 0 goes to the end.',
    { min: 0 },
  ),
  seed: seedOption(),
} as const;
