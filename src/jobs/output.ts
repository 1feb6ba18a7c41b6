import { InputError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { type Packed, type PackedArray, packedOf, packedPieces } from '../io/packed.ts';
import { type ObjectStore, objectSource } from '../io/sharded/index.ts';
import { outputKey } from './task.ts';

/** What a task gives: numbers by name, and a few fields. */
export interface Output {
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  readonly arrays: Readonly<Record<string, PackedArray>>;
}

export const KIND = {
  format: 'tammes-task-output',
  version: 1,
  title: 'output of a task',
} as const;

/** Stores an output under the name of its task; false where it was there. */
export function storeOutput(work: ObjectStore, name: string, output: Output): Promise<boolean> {
  const { fields = {}, arrays } = output;
  return work.create(outputKey(name), [...packedPieces(KIND, fields, arrays)]);
}

/** The output of a task, of which only what is asked for is read. */
export async function openOutput(work: ObjectStore, name: string): Promise<Packed> {
  return packedOf(await objectSource(work, outputKey(name)), KIND);
}

/** An array of an output as int32; refuses numbers of another type. */
export async function int32s(output: Packed, key: string): Promise<Int32Array> {
  const found = await output.whole(key);
  if (found instanceof Int32Array) return found;
  throw new InputError(output.name, `the array ${key} is expected in int32.`);
}

/** An array of an output as rows of float32; refuses numbers of another type. */
export async function float32Rows(output: Packed, key: string): Promise<Matrix<Float32Array>> {
  const found = await output.whole(key);
  const [rows, cols] = output.shapeOf(key);
  if (found instanceof Float32Array) return { data: found, rows, cols };
  throw new InputError(output.name, `the array ${key} is expected in float32.`);
}

/** An array of an output as float64; refuses numbers of another type. */
export async function float64s(output: Packed, key: string): Promise<Float64Array> {
  const found = await output.whole(key);
  if (found instanceof Float64Array) return found;
  throw new InputError(output.name, `the array ${key} is expected in float64.`);
}
