import { InputError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import { type Also, alsoPlaces, type Place } from '../model/restored.ts';
import { isParameter, type Parameter } from '../tape/parameter.ts';
import { shapeInWords, sizeOf, type Tensor } from '../tape/tensor.ts';
import type { Update, UpdateState } from '../updates/update.ts';
import type { HeldOutValue } from './held-out.ts';
import type { LossAndReport } from './options.ts';

/** A parameter, what moves it, and what that remembers. */
export interface Trained {
  readonly parameter: Parameter;
  readonly update: Update;
  readonly state: UpdateState;
}

/** Where a training stands after a step: all that a checkpoint saves. */
export interface TrainingState {
  step: number;
  readonly seed: number;
  /** By name. */
  readonly trained: Map<string, Trained>;
  readonly also: Also;
  readonly losses: number[];
  /** One number a step and name; NaN for a step without. */
  readonly reports: Map<string, number[]>;
  readonly heldOut: HeldOutValue[];
  /** Copies of the parameters and of `also` when the held-out value was best, by place. */
  readonly best: Map<string, Floats>;
}

export function newState(seed: number, also: Also = {}): TrainingState {
  return {
    step: 0,
    seed,
    trained: new Map(),
    also,
    losses: [],
    reports: new Map(),
    heldOut: [],
    best: new Map(),
  };
}

/** What moves a parameter, and whether it was met for the first time. */
export function entered(
  { trained }: TrainingState,
  parameter: Parameter,
  updateOf: (parameter: Parameter) => Update,
): readonly [one: Trained, isNew: boolean] {
  const { name } = parameter;
  const known = trained.get(name);
  if (known && known.parameter !== parameter)
    throw new InputError(
      'train',
      `two parameters are named ${name}; a name is the parameter’s place in files, and each is made once, before training.`,
    );
  if (known) return [known, false];
  const update = updateOf(parameter);
  const one = { parameter, update, state: update.start(parameter) };
  trained.set(name, one);
  return [one, true];
}

export const parametersOf = ({ trained }: TrainingState): readonly Parameter[] =>
  Array.from(trained.values(), ({ parameter }) => parameter);

/** What makes the model: the parameters and what else training changes, by place. */
export function modelPlaces(state: TrainingState): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const parameter of parametersOf(state))
    places.set(`parameters/${parameter.name}`, parameter);
  for (const [name, place] of alsoPlaces(state.also)) places.set(name, place);
  return places;
}

/** Keeps what makes the model now as the best there was. */
export function keepBest(state: TrainingState): void {
  for (const [name, { data }] of modelPlaces(state)) state.best.set(name, data.slice());
}

/** Gives the best model back to where it is used. */
export function restoreBest(state: TrainingState): void {
  for (const [name, { data }] of modelPlaces(state)) {
    const best = state.best.get(name);
    if (best) data.set(best);
  }
}

/** The parameters that a loss would move, in the order of its inputs. */
export function parametersBelow(loss: Tensor): readonly Parameter[] {
  return below(loss, ({ needsGradient }) => needsGradient).filter(isParameter);
}

/** Refuses a tensor that is wanted with the loss and is not computed with it. */
export function requireBelow(
  loss: Tensor,
  step: number,
  { report = {}, values = {} }: Omit<LossAndReport, 'loss'>,
): void {
  const wanted = [
    ...Object.entries(report).map(([name, tensor]) => [`report "${name}"`, tensor] as const),
    ...Object.entries(values).map(([name, tensor]) => [`value "${name}"`, tensor] as const),
  ];
  if (wanted.length === 0) return;
  const all = new Set(below(loss, () => true));
  for (const [name, tensor] of wanted) {
    if (!all.has(tensor))
      throw new InputError('train', `the ${name} of step ${step} does not lie below the loss.`);
  }
  for (const [name, { shape }] of Object.entries(report)) {
    if (sizeOf(shape) !== 1)
      throw new InputError(
        'train',
        `the report "${name}" of step ${step} is ${shapeInWords(shape)}; one number is expected.`,
      );
  }
}

/** A tensor and what it is made of, as far as `follows` goes. */
function below(root: Tensor, follows: (tensor: Tensor) => boolean): readonly Tensor[] {
  const seen = new Set<Tensor>();
  const open = [root];
  for (let tensor = open.pop(); tensor; tensor = open.pop()) {
    if (!follows(tensor) || seen.has(tensor)) continue;
    seen.add(tensor);
    open.push(...tensor.inputs.toReversed());
  }
  return [...seen];
}
