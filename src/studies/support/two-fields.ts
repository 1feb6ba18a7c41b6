import {
  adam,
  add,
  constant,
  embedding,
  evaluate,
  matmul,
  meanSquaredError,
  type Parameter,
  parameter,
  train,
  Workspace,
} from '../../learning/index.ts';
import type { StudyContext } from '../define.ts';

/** Which rows share: those of two ids of one field, or those of an id of each. */
export type Collisions = 'within' | 'across';

export interface TwoFields {
  /** Mean squared error on pairs that were not trained on, over the variance of what is to be told. */
  readonly error: number;
  /** |cosine| of the weights of the two fields. */
  readonly cosine: { readonly first: number; readonly last: number };
}

const DIM = 4;
/** The weights begin nearly parallel: each collision is one at first. */
const FIRST = 0.9;

/**
 * The planted task that the theory is about: y = a_u + b_v, effects drawn normal, told by ⟨w₁, E[u]⟩ + ⟨w₂, E[v]⟩ from one
 * table of as many rows as each field has ids, each row of two ids.
 */
export async function twoFields(
  { random, engine, signal, seed, quick }: StudyContext,
  collisions: Collisions,
): Promise<TwoFields> {
  const [ids, steps, batch] = quick ? [20, 60, 64] : [200, 1500, 256];
  const own = random.fork('two fields');
  const effects = [0, 1].map((field) => {
    const stream = own.fork('effects').fork(field);
    return Float64Array.from({ length: ids }, () => stream.normal());
  });
  const half = ids / 2;
  const rowOf =
    collisions === 'across'
      ? (_: number, id: number) => id
      : (field: number, id: number) => field * half + (id % half);
  const start = own.fork('start');
  const table = parameter(
    'rows',
    Float32Array.from({ length: ids * DIM }, () => 0.1 * start.normal()),
    [ids, DIM],
  );
  const weights = [
    [1, 0],
    [FIRST, Math.sqrt(1 - FIRST ** 2)],
  ].map((w, field) => parameter(`weights.${field}`, Float32Array.of(w[0], w[1], 0, 0), [DIM, 1]));
  const drawn = (name: string | number, count: number) => {
    const stream = own.fork('pairs').fork(name);
    return [0, 1].map(() => Int32Array.from({ length: count }, () => stream.integer(ids)));
  };
  const told = (pairs: readonly Int32Array[]) => {
    const [first, second] = pairs.map((of, field) =>
      matmul(
        embedding(
          table,
          of.map((id) => rowOf(field, id)),
        ),
        weights[field],
      ),
    );
    return add(first, second);
  };
  const truth = ([us, vs]: readonly Int32Array[]) =>
    Float32Array.from(us, (u, i) => effects[0][u] + effects[1][vs[i]]);
  const first = cosineOf(weights);
  await train({
    ...{ steps, seed, engine, signal },
    update: adam({ learningRate: 0.01 }),
    loss({ step }) {
      const pairs = drawn(step, batch);
      return meanSquaredError(told(pairs), constant(truth(pairs), [batch, 1]));
    },
  });
  const test = drawn('test', 2000);
  const guesses = await evaluate(told(test), new Workspace(engine));
  const right = truth(test);
  const mean = right.reduce((sum, y) => sum + y, 0) / right.length;
  const squares = (of: (i: number) => number) => right.reduce((sum, _, i) => sum + of(i) ** 2, 0);
  return {
    error: squares((i) => guesses[i] - right[i]) / squares((i) => right[i] - mean),
    cosine: { first, last: cosineOf(weights) },
  };
}

function cosineOf([a, b]: readonly Parameter[]): number {
  const product = (x: Parameter, y: Parameter) =>
    Array.from(x.data, (value, c) => value * y.data[c]).reduce((sum, value) => sum + value, 0);
  return Math.abs(product(a, b)) / Math.sqrt(product(a, a) * product(b, b));
}
