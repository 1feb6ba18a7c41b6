import { type ReadonlySignal, signal } from '@preact/signals';
import type { FieldInfo } from '../../contract.ts';
import { ask, contentKey, sentenceOf } from './session.ts';
import { say } from './toasts.ts';

/** Where the rows of a table are drawn. */
export interface Coordinates {
  readonly map: string;
  readonly positions: Float32Array;
  readonly dims: 2 | 3;
}

/** The values of each row; texts of a category as places among `names`. */
export interface FieldValues {
  readonly info: FieldInfo;
  readonly numbers?: Float64Array | undefined;
  readonly texts?: readonly string[] | undefined;
}

const held = new Map<string, ReadonlySignal<unknown>>();
let heldFor = '';

/** A value that is fetched the first time somebody reads it, and again when the session's arrays changed. */
function fetched<T>(key: string, fetch: () => Promise<T>): ReadonlySignal<T | undefined> {
  if (heldFor !== contentKey.value) {
    held.clear();
    heldFor = contentKey.value;
  }
  const known = held.get(key);
  if (known) return known as ReadonlySignal<T | undefined>;
  const value = signal<T | undefined>(undefined);
  held.set(key, value);
  // Not at once: signals must not be set while others are computed of them.
  queueMicrotask(() => {
    fetch().then(
      (result) => {
        value.value = result;
      },
      (cause: unknown) => say(sentenceOf(cause), 'error'),
    );
  });
  return value;
}

export function coordinatesOf(map: string): Coordinates | undefined {
  return fetched(`coordinates ${map}`, async () => {
    const { arrays = {} } = await ask('coordinates', { map });
    const [{ data, shape }] = Object.values(arrays);
    return { map, positions: data as Float32Array, dims: shape[1] === 3 ? 3 : 2 } as Coordinates;
  }).value;
}

export function valuesOf(table: string, field: string): FieldValues | undefined {
  return fetched(`field ${table} ${field}`, async (): Promise<FieldValues> => {
    const { facts, arrays } = await ask('field', { table, field });
    const numbers = arrays?.['values']?.data as Float64Array | undefined;
    return {
      info: facts['info'] as FieldInfo,
      numbers,
      texts: facts['texts'] as readonly string[] | undefined,
    };
  }).value;
}

/** The labels of a table, empty where it has none. */
export function labelsOf(table: string): readonly string[] | undefined {
  return fetched(`labels ${table}`, async () => {
    const { facts } = await ask('field', { table });
    return (facts['texts'] ?? []) as readonly string[];
  }).value;
}

/** Facts of a reading action, kept while the session's arrays stay. */
export function factsOf(
  action: string,
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  return fetched(`${action} ${JSON.stringify(parameters)}`, async () => {
    const { facts } = await ask(action, parameters);
    return facts;
  }).value;
}
