import type { NullValue } from '../../numerics/statistics/null-value.ts';
import { MEASURE_FIELDS, type MeasureField, type Measurement, type Nulls } from './contract.ts';
import { exponentOf, fixed, NONE, signed, significant } from './format.ts';

/** How a measured number is called, explained and written. */
export interface Measure {
  readonly field: MeasureField;
  readonly title: string;
  /** The same within a sentence. */
  readonly phrase: string;
  readonly explanation: string;
  readonly unit: '' | '°';
  /** Decimals at least; more where a value would lose its first two digits. */
  readonly decimals: number;
}

const DEFINITIONS: Readonly<Record<MeasureField, Omit<Measure, 'field'>>> = {
  minAngleDeg: {
    title: 'Smallest angle',
    phrase: 'the smallest angle',
    explanation: 'between the two closest rows of all pairs',
    unit: '°',
    decimals: 1,
  },
  medianNearestAngleDeg: {
    title: 'Median nearest angle',
    phrase: 'the median angle to the nearest neighbour',
    explanation: 'half of the rows have a neighbour closer than this',
    unit: '°',
    decimals: 1,
  },
  meanNearestAngleDeg: {
    title: 'Mean nearest angle',
    phrase: 'the mean angle to the nearest neighbour',
    explanation: 'from each row to its nearest neighbour',
    unit: '°',
    decimals: 1,
  },
  circularVariance: {
    title: 'Circular variance',
    phrase: 'circular variance',
    explanation: '1 − length of the mean row; 1 where rows balance',
    unit: '',
    decimals: 3,
  },
  meanCosine: {
    title: 'Mean cosine',
    phrase: 'the mean cosine',
    explanation: 'over all pairs; 0 where rows balance',
    unit: '',
    decimals: 3,
  },
  mmd: {
    title: 'MMD² to uniform',
    phrase: 'MMD² to uniform',
    explanation: 'unbiased, kernel exp(−2·chord²); 0 if uniform',
    unit: '',
    decimals: 4,
  },
  uniformity: {
    title: 'Uniformity',
    phrase: 'uniformity',
    explanation: 'log mean of the same kernel; lower is more uniform',
    unit: '',
    decimals: 3,
  },
  effectiveRank: {
    title: 'Effective rank',
    phrase: 'effective rank',
    explanation: 'exp of the entropy of the singular values',
    unit: '',
    decimals: 1,
  },
  hubnessSkewness: {
    title: 'Hubness skewness',
    phrase: 'hubness skewness',
    explanation: 'of how often a row is among the 10 nearest of another',
    unit: '',
    decimals: 2,
  },
};

export const MEASURES: readonly Measure[] = MEASURE_FIELDS.map((field) => ({
  field,
  ...DEFINITIONS[field],
}));

export function measureOf(field: MeasureField): Measure {
  return { field, ...DEFINITIONS[field] };
}

/** One line of the comparison, as numbers and as text with the same decimals throughout. */
export interface ComparisonRow {
  readonly measure: Measure;
  readonly before: number | null;
  readonly after: number | null | undefined;
  readonly null: NullValue | undefined;
  readonly text: {
    readonly before: string;
    readonly after: string;
    readonly change: string;
    readonly null: string;
    /** 95 % of uniform point sets lie in it: "60.1 to 62.5". Empty where it is not known. */
    readonly interval: string;
  };
}

/** The before/after table that the page and the terminal print. */
export function comparison(
  before: Measurement,
  after: Measurement | undefined,
  nulls: Nulls,
): ComparisonRow[] {
  return MEASURES.map((measure) => {
    const a = usable(before[measure.field]);
    const b = after === undefined ? undefined : usable(after[measure.field]);
    const none = nulls[measure.field];
    const decimals = decimalsFor(measure, [a, b]);
    const shown = (v: number | null | undefined) =>
      v === null || v === undefined ? NONE : fixed(v, decimals) + measure.unit;
    const change = typeof a === 'number' && typeof b === 'number' ? b - a : undefined;
    return {
      measure,
      before: a,
      after: b,
      null: none,
      text: {
        before: shown(a),
        after: shown(b),
        change: change === undefined ? NONE : signed(change, decimals) + measure.unit,
        null: shown(none?.value),
        interval: intervalText(none, decimals, measure.unit),
      },
    };
  });
}

/**
 * As many decimals as leave the smaller value two digits of its own, but no more than four digits
 * for the larger one.
 */
export function decimalsFor(
  measure: Measure,
  values: readonly (number | null | undefined)[],
): number {
  const sizes = values.filter((v) => typeof v === 'number').map(Math.abs);
  const nonzero = sizes.filter((v) => v > 0 && Number.isFinite(v));
  if (nonzero.length === 0) return measure.decimals;
  const least = nonzero.reduce((a, b) => Math.min(a, b));
  const most = nonzero.reduce((a, b) => Math.max(a, b));
  const wanted = Math.min(1 - exponentOf(least, 2), 3 - exponentOf(most, 4));
  return Math.max(measure.decimals, wanted);
}

function intervalText(none: NullValue | undefined, decimals: number, unit: string): string {
  if (none?.low === undefined || none.high === undefined) return '';
  const { low, high, value } = none;
  const lost = (v: number) => v !== 0 && Number(v.toFixed(decimals)) === 0;
  if (lost(low) || lost(high)) {
    const half = (high - low) / 2;
    const isCentered = Math.abs((low + high) / 2 - value) < 0.05 * half;
    if (isCentered) return `±${significant(half, 2)}${unit}`;
    return `${significant(low, 2)} to ${significant(high, 2)}${unit}`;
  }
  const [from, to] = [fixed(low, decimals), fixed(high, decimals)];
  // An interval too narrow for these decimals would read "0.982 to 0.982".
  if (from === to && high > low) return `±${significant((high - low) / 2, 1)}${unit}`;
  return `${from} to ${to}${unit}`;
}

function usable(value: number | null): number | null {
  return value === null || Number.isNaN(value) ? null : value;
}
