import { studentQuantile } from '../../numerics/laws/student.ts';
import { LEVEL, meanEstimate } from '../../numerics/statistics/intervals.ts';
import type { Curve, Curves, Line, Measured, Scatter, Study } from '../define.ts';
import { isMet, type Rule } from './rules.ts';

/** Sets by name: the folder of the repository, which may have a slice, or the full set that `--data` has. */
export type DataRead = Readonly<Record<string, 'study-data' | 'full'>>;

/** One finished repeat: for each line and each reading its numbers. */
export interface Repeat {
  readonly seed: number;
  readonly lines: Readonly<Record<string, Measured>>;
  readonly readings: Readonly<Record<string, number>>;
  readonly curves?: Curves;
  readonly scatter?: Scatter;
  /** Where each set that was read came from. */
  readonly data?: DataRead;
}

export interface Interval {
  readonly measured: number;
  readonly low: number;
  readonly high: number;
}

/** A line after all repeats. */
export interface JudgedLine extends Interval {
  readonly claim: string;
  readonly holds: boolean;
  readonly unit?: string;
  readonly baseline?: { readonly name: string } & Interval;
  /** What the rule was applied to, where that is not the measured value: the difference or ratio. */
  readonly compared?: { readonly of: 'difference' | 'ratio' } & Interval;
}

export interface JudgedReading extends Interval {
  readonly title: string;
  readonly unit?: string;
}

export type Verdict = 'holds' | 'holds-in-part' | 'does-not-hold';

/** All lines hold, some, or none. */
export function verdictOf(lines: readonly { readonly holds: boolean }[]): Verdict {
  const held = lines.filter(({ holds }) => holds).length;
  if (held === 0) return 'does-not-hold';
  return held === lines.length ? 'holds' : 'holds-in-part';
}

export function judgedLines({ lines }: Study, repeats: readonly Repeat[]): JudgedLine[] {
  return Object.entries(lines).map(([name, line]) =>
    judgedLine(
      line,
      repeats.map((repeat) => repeat.lines[name]),
    ),
  );
}

export function judgedReadings({ readings }: Study, repeats: readonly Repeat[]): JudgedReading[] {
  return Object.entries(readings).map(([name, reading]) => ({
    ...reading,
    ...intervalOf(repeats.map((repeat) => ({ value: repeat.readings[name] }))),
  }));
}

/** The mean of each curve over the repeats. */
export function meanCurves(repeats: readonly Repeat[]): Curves {
  const [first = {}, ...others] = repeats.map(({ curves }) => curves ?? {});
  const mean = (name: string, { x, y }: Curve): Curve => ({
    x,
    y: y.map(
      (own, i) => others.reduce((sum, curves) => sum + curves[name].y[i], own) / repeats.length,
    ),
  });
  return Object.fromEntries(
    Object.entries(first).map(([name, curve]) => [name, mean(name, curve)]),
  );
}

/** The mean of each point over the repeats. */
export function meanScatter(repeats: readonly Repeat[]): Scatter {
  const mean = (name: string, axis: 'x' | 'y') =>
    repeats.reduce((sum, { scatter }) => sum + (scatter?.[name][axis] ?? NaN), 0) / repeats.length;
  const names = Object.keys(repeats[0]?.scatter ?? {});
  return Object.fromEntries(
    names.map((name) => [name, { x: mean(name, 'x'), y: mean(name, 'y') }]),
  );
}

/** What all repeats read. */
export function dataRead(repeats: readonly Repeat[]): DataRead {
  return Object.assign({}, ...repeats.map(({ data }) => data));
}

function judgedLine({ claim, unit, baseline, holds: rule }: Line, repeats: readonly Measured[]) {
  const own = intervalOf(repeats);
  const compared =
    rule.of === 'value' ? undefined : intervalOf(repeats.map((repeat) => against(repeat, rule)));
  return {
    claim,
    ...own,
    holds: isMet(rule, compared ?? own),
    ...(unit !== undefined && { unit }),
    ...(baseline !== undefined && {
      baseline: { name: baseline, ...intervalOf(repeats.map(baselineOf)) },
    }),
    ...(compared && rule.of !== 'value' && { compared: { of: rule.of, ...compared } }),
  };
}

const baselineOf = ({ baseline = NaN }: Measured): Measured => ({ value: baseline });

/** The difference from the baseline or the ratio to it, with the ends of the repeat's own interval. */
function against({ value, low, high, baseline = NaN }: Measured, { of }: Rule): Measured {
  const by = (x: number) => (of === 'ratio' ? x / baseline : x - baseline);
  if (low === undefined || high === undefined) return { value: by(value) };
  const [a, b] = [by(low), by(high)];
  return { value: by(value), low: Math.min(a, b), high: Math.max(a, b) };
}

/**
 * The mean over the repeats and its 95 % interval: mean ± t·sd/√m, Student's t with m − 1 degrees; the
 * value itself where there is one repeat or all are equal. Where the repeats bring intervals of their
 * own, the mean of those too: the wider end of the two counts.
 */
export function intervalOf(repeats: readonly Measured[]): Interval {
  const values = repeats.map(({ value }) => value);
  const { value: measured, standardError } = meanEstimate(values);
  const same = values.every((value) => value === values[0]);
  if (same) return widened({ measured: values[0], low: values[0], high: values[0] }, repeats);
  const half = studentQuantile(LEVEL, values.length - 1) * standardError;
  return widened({ measured, low: measured - half, high: measured + half }, repeats);
}

function widened({ measured, low, high }: Interval, repeats: readonly Measured[]): Interval {
  const mean = (of: (repeat: Measured) => number | undefined) =>
    repeats.reduce((sum, repeat) => sum + (of(repeat) ?? repeat.value) / repeats.length, 0);
  const owns = repeats.some((repeat) => repeat.low !== undefined || repeat.high !== undefined);
  if (!owns) return { measured, low, high };
  return {
    measured,
    low: Math.min(
      low,
      mean((repeat) => repeat.low),
    ),
    high: Math.max(
      high,
      mean((repeat) => repeat.high),
    ),
  };
}
