import type { Json } from '../../../learning/index.ts';

/** The first place where a setting of two models differs. */
export interface SettingDifference {
  /** The setting. */
  readonly setting: string;
  /** The place in it: `scaling.mean[3]`. */
  readonly path: string;
  readonly own: Json | undefined;
  readonly expected: Json | undefined;
  /** Whether all that differs in it is numbers. */
  readonly inNumbers: boolean;
}

/** Where a setting differs from what is expected; undefined where it does not. */
export function differenceOf(
  setting: string,
  own: Json | undefined,
  expected: Json | undefined,
): SettingDifference | undefined {
  const places = [...placesOf(setting, own, expected)];
  if (places.length === 0) return undefined;
  const worst = places.find(({ inNumbers }) => !inNumbers) ?? places[0];
  return { setting, ...worst };
}

function* placesOf(
  path: string,
  own: Json | undefined,
  expected: Json | undefined,
): Generator<Omit<SettingDifference, 'setting'>> {
  if (Object.is(own, expected)) return;
  if (isObject(own) && isObject(expected) && Array.isArray(own) === Array.isArray(expected)) {
    const isList = Array.isArray(own);
    for (const key of new Set([...Object.keys(expected), ...Object.keys(own)])) {
      const place = isList ? `${path}[${key}]` : `${path}.${key}`;
      yield* placesOf(place, own[key], expected[key]);
    }
    return;
  }
  const inNumbers = typeof own === 'number' && typeof expected === 'number';
  yield { path, own, expected, inNumbers };
}

type JsonObject = Readonly<Record<string, Json | undefined>>;

const isObject = (value: Json | undefined): value is Json & JsonObject =>
  typeof value === 'object' && value !== null;
