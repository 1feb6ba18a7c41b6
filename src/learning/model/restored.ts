import { InputError } from '../../core/errors.ts';
import type { Floats } from '../../core/matrix.ts';
import type { NamedTensor } from '../../io/tensors.ts';
import { type Shape, shapeInWords } from '../tape/tensor.ts';

/** An array in memory that a file can fill. */
export interface Place {
  readonly shape: Shape;
  readonly data: Floats;
}

/** What is saved beside the parameters because training changes it: running statistics, memories. By name, in groups. */
export type Also = Readonly<Record<string, Readonly<Record<string, Floats>>>>;

/** The arrays of `also` under `also/GROUP/NAME`. */
export function alsoPlaces(also: Also): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const [group, arrays] of Object.entries(also)) {
    for (const [name, data] of Object.entries(arrays))
      places.set(`also/${group}/${name}`, { shape: [data.length], data });
  }
  return places;
}

/** Copies the tensor of this name into its place; refuses one that is missing or of another shape or type. */
export function restoreInto(
  file: string,
  tensors: ReadonlyMap<string, NamedTensor>,
  name: string,
  place: Place,
): void {
  const found = tensors.get(name);
  if (!found)
    throw new InputError(file, `the tensor ${name} (${inWords(place)}) is expected, and missing.`);
  if (inWords(found) !== inWords(place))
    throw new InputError(
      file,
      `the tensor ${name} is ${inWords(found)}; ${inWords(place)} is expected.`,
    );
  place.data.set(found.data);
}

/** `2 × 3 float32`. */
export function inWords({ shape, data }: Place): string {
  return `${shapeInWords(shape)} ${data instanceof Float32Array ? 'float32' : 'float64'}`;
}
