import { InputError, ShapeError } from '../../core/errors.ts';
import { type Floats, type Matrix, zerosLike } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import type { Engine, MaybePromise } from '../../engine/engine.ts';
import {
  defineMethod,
  type Method,
  type MethodSpec,
  type RunOptions,
} from '../../method/method.ts';
import { type OptionSpecs, type OptionsOf, resolveOptions } from '../../method/options.ts';

/** Loss, and its Riemannian gradient on the sphere: n × d, row i tangent at xᵢ. */
export interface LossAndGradient<T extends Floats = Floats> {
  readonly loss: number;
  readonly gradient: Matrix<T>;
  readonly engine: Engine['name'];
}

/** What an objective may use besides the points. */
export interface ObjectiveContext {
  readonly engine: Engine;
  /** The random stream of this step; the same step of the same seed gets the same stream. */
  readonly random: Random;
  /** Row numbers of `points` in the whole set, when `points` is a minibatch. */
  readonly rows?: Int32Array | undefined;
  /** Where each row of `points` started (same shape as `points`). */
  readonly start?: Matrix | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ObjectiveSpec<S extends OptionSpecs>
  extends Omit<MethodSpec<Matrix, S, LossAndGradient, ObjectiveRunOptions>, 'family' | 'compute'> {
  /**
   * Overwrites `gradient` (n × d) with the gradient of the loss at the n unit rows of `points` and
   * returns the loss. A radial part of the gradient (along xᵢ) is allowed: the sphere drops it.
   */
  readonly lossAndGradient: (
    points: Matrix,
    options: OptionsOf<S>,
    gradient: Matrix,
    context: ObjectiveContext,
  ) => MaybePromise<number>;
}

/** An objective whose options are settled; what optimizers take. */
export interface BoundObjective {
  readonly name: string;
  /** For the recipe: ids, options and weights, enough to build it again. */
  readonly terms: readonly ObjectiveTerm[];
  lossAndGradient(
    points: Matrix,
    gradient: Matrix,
    context: ObjectiveContext,
  ): MaybePromise<number>;
}

export interface ObjectiveTerm {
  readonly objective: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly weight: number;
}

export interface ObjectiveRunOptions extends RunOptions {
  readonly seed?: number;
  /** Where each row started; objectives that keep meaning need it. */
  readonly start?: Matrix;
}

export interface Objective<S extends OptionSpecs = OptionSpecs>
  extends Method<Matrix, S, LossAndGradient, ObjectiveRunOptions> {
  readonly lossAndGradient: ObjectiveSpec<S>['lossAndGradient'];
  /** Settles the options. */
  bind(options?: Partial<OptionsOf<S>>): BoundObjective;
}

// @__NO_SIDE_EFFECTS__
export function defineObjective<const S extends OptionSpecs>(spec: ObjectiveSpec<S>): Objective<S> {
  const { lossAndGradient, ...header } = spec;
  const method = defineMethod<Matrix, S, LossAndGradient, ObjectiveRunOptions>({
    ...header,
    family: 'objectives',
    async compute(points, options, run) {
      requireUnitRows(spec.id, points);
      const { seed = 0, start, signal } = run.options;
      const engine = await run.engineFor(points);
      const gradient = zerosLike(points);
      const context = { engine, random: Random.fromSeed(seed), start, signal };
      const loss = await lossAndGradient(points, options, gradient, context);
      projectToTangentsInPlace(points, gradient);
      return { loss, gradient, engine: engine.name };
    },
  });
  const bind = (given?: Partial<OptionsOf<S>>): BoundObjective => {
    const options = resolveOptions(spec.id, spec.options, given);
    return {
      name: spec.id,
      terms: [{ objective: spec.id, options, weight: 1 }],
      lossAndGradient: (points, gradient, context) =>
        lossAndGradient(points, options, gradient, context),
    };
  };
  return Object.assign(method, { lossAndGradient, bind });
}

/** Σ weight · objective: one loss, one gradient. */
export function weightedSum(
  terms: readonly (readonly [objective: BoundObjective, weight: number])[],
): BoundObjective {
  if (terms.length === 1 && terms[0][1] === 1) return terms[0][0];
  let part: Matrix | undefined;
  return {
    name: terms.map(([objective, weight]) => `${weight}·${objective.name}`).join(' + '),
    terms: terms.flatMap(([objective, weight]) =>
      objective.terms.map((term) => ({ ...term, weight: term.weight * weight })),
    ),
    async lossAndGradient(points, gradient, context) {
      if (part?.data.length !== gradient.data.length || part.rows !== gradient.rows)
        part = zerosLike(gradient);
      const sum = gradient.data.fill(0);
      let loss = 0;
      for (const [t, [objective, weight]] of terms.entries()) {
        const own = { ...context, random: context.random.fork(t) };
        loss += weight * (await objective.lossAndGradient(points, part, own));
        for (let i = 0; i < sum.length; i++) sum[i] += weight * part.data[i];
      }
      return loss;
    },
  };
}

/** Refuses matrices whose rows are not unit vectors, naming the row. */
export function requireUnitRows(where: string, points: Matrix): void {
  const { data, rows: n, cols: d } = points;
  if (n < 1 || d < 1) throw new ShapeError(where, 'at least 1 × 1 points', `${n} × ${d}`);
  const tolerance = data instanceof Float64Array ? 1e-9 : 1e-4;
  for (let i = 0; i < n; i++) {
    let squared = 0;
    for (let c = i * d; c < (i + 1) * d; c++) squared += data[c] * data[c];
    if (!(Math.abs(squared - 1) <= 2 * tolerance)) {
      const length = Math.sqrt(squared).toPrecision(6);
      throw new InputError(where, `row ${i} has length ${length}; expected unit rows.`);
    }
  }
}

/** gᵢ ← gᵢ − ⟨gᵢ, xᵢ⟩ xᵢ for every row. */
export function projectToTangentsInPlace(points: Matrix, gradient: Matrix): void {
  const { data: x, rows: n, cols: d } = points;
  const g = gradient.data;
  for (let i = 0; i < n; i++) {
    let radial = 0;
    for (let c = i * d; c < (i + 1) * d; c++) radial += g[c] * x[c];
    for (let c = i * d; c < (i + 1) * d; c++) g[c] -= radial * x[c];
  }
}
