import type { Random } from '../../../core/random.ts';
import { embedding, numbers, type Parameter, parameter } from '../../../learning/index.ts';
import type { NetworkContext } from '../types.ts';

/** A table of rows that are looked up by number, of which each step moves those it saw; normal at the start. */
export function rowsOf(
  name: string,
  [rows, cols]: readonly [number, number],
  deviation: number,
  { random, like }: Pick<NetworkContext, 'random' | 'like'>,
): Parameter {
  const data = numbers(rows * cols, like instanceof Float64Array);
  fillNormal(data, deviation, random.fork(name));
  return parameter(name, data, [rows, cols], { byRows: true });
}

export function fillNormal(data: Float32Array | Float64Array, deviation: number, random: Random) {
  for (let e = 0; e < data.length; e++) data[e] = deviation * random.normal();
}

/** A table of rows for each field, one row an id. */
export function tablesOf(context: NetworkContext): readonly Parameter[] {
  const { fields, dim, deviation } = context;
  return fields.map(({ name, size }) => rowsOf(`${name}.rows`, [size, dim], deviation, context));
}

/** A row of its own for every id of each field. */
export function ownRows(context: NetworkContext) {
  const tables = tablesOf(context);
  return {
    parameters: tables,
    lookup: (field: number, ids: ArrayLike<number>) => embedding(tables[field], ids),
  };
}
