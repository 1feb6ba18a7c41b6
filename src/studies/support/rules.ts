/**
 * When a line holds, as data: a number lies between `min` and `max`, ends included. The number is the
 * measured value, or its difference from the baseline or its ratio to it, seed by seed.
 */
interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** The ends are not included. */
  readonly strict?: true;
}

export interface ValueRule extends Bounds {
  readonly of: 'value';
}

export interface BaselineRule extends Bounds {
  readonly of: 'difference' | 'ratio';
}

export type Rule = ValueRule | BaselineRule;

export const atLeast = (min: number): ValueRule => ({ of: 'value', min });

export const atMost = (max: number): ValueRule => ({ of: 'value', max });

export const between = (min: number, max: number): ValueRule => ({ of: 'value', min, max });

/** Above the baseline; or by at least that much. */
export const aboveBaseline = (by = 0): BaselineRule =>
  by === 0 ? { of: 'difference', min: 0, strict: true } : { of: 'difference', min: by };

/** Below the baseline; or by at least that much. */
export const belowBaseline = (by = 0): BaselineRule =>
  by === 0 ? { of: 'difference', max: 0, strict: true } : { of: 'difference', max: -by };

/** Above, equal, or below by no more than the slack: "does no harm". */
export const notBelowBaseline = (slack: number): BaselineRule => ({
  of: 'difference',
  min: -slack,
});

/** Below, equal, or above by no more than the slack. */
export const notAboveBaseline = (slack: number): BaselineRule => ({ of: 'difference', max: slack });

export const nearBaseline = (slack: number): BaselineRule => ({
  of: 'difference',
  min: -slack,
  max: slack,
});

export const atLeastTimesBaseline = (min: number): BaselineRule => ({ of: 'ratio', min });

export const atMostTimesBaseline = (max: number): BaselineRule => ({ of: 'ratio', max });

/** The rule is met by the whole interval. */
export function isMet(
  { min = -Infinity, max = Infinity, strict }: Rule,
  { low, high }: { readonly low: number; readonly high: number },
): boolean {
  return strict ? low > min && high < max : low >= min && high <= max;
}

/** The rule for the page; `shown` writes a number of the line's unit. */
export function phraseOf(rule: Rule, shown: (value: number) => string): string {
  const { of, min, max, strict } = rule;
  if (of === 'value') {
    if (min !== undefined && max !== undefined) return `${shown(min)} to ${shown(max)}`;
    return min === undefined ? `at most ${shown(max ?? NaN)}` : `at least ${shown(min)}`;
  }
  if (of === 'ratio') {
    return min === undefined
      ? `at most ${max} times the baseline`
      : `at least ${min} times the baseline`;
  }
  if (strict) return min === undefined ? 'below the baseline' : 'above the baseline';
  if (min !== undefined && max !== undefined) return `within ${shown(max)} of the baseline`;
  const [end, up] = min === undefined ? [max ?? NaN, false] : [min, true];
  const slack = up ? end < 0 : end > 0;
  const side = up === slack ? 'below' : 'above';
  return slack
    ? `at most ${shown(Math.abs(end))} ${side} the baseline`
    : `at least ${shown(Math.abs(end))} ${side} the baseline`;
}
