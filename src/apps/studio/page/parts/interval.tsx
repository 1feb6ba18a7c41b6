import { significant } from '../../../report/format.ts';

/** A number with its interval beside what chance gives. */
export interface Interval {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly null?: number | undefined;
}

const WIDTH = 150;
const HEIGHT = 14;
const EDGE = 6;

/** The interval as a bar with a dot, chance as an upright stroke. */
export function IntervalBar({
  of,
  domain,
}: {
  readonly of: Interval;
  readonly domain?: readonly [number, number] | undefined;
}) {
  const { value, low = value, high = value, null: chance } = of;
  if (!Number.isFinite(value)) return null;
  const [from, to] = domain ?? domainOf([value, low, high, chance]);
  const at = (x: number) =>
    EDGE + Math.min(1, Math.max(0, (x - from) / (to - from || 1))) * (WIDTH - 2 * EDGE);
  const middle = HEIGHT / 2;
  return (
    <svg class="interval" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line class="track" x1={EDGE} x2={WIDTH - EDGE} y1={middle} y2={middle} />
      {chance !== undefined && Number.isFinite(chance) && (
        <line class="chance" x1={at(chance)} x2={at(chance)} y1={1} y2={HEIGHT - 1} />
      )}
      <line
        class="range"
        x1={at(low)}
        x2={Math.max(at(low) + 1, at(high))}
        y1={middle}
        y2={middle}
      />
      <circle cx={at(value)} cy={middle} r={3.5} />
    </svg>
  );
}

/** The same in words. */
export function intervalInWords({ low, high, null: chance }: Interval): string {
  const parts = [
    low !== undefined && high !== undefined ? `${significant(low)} to ${significant(high)}` : '',
    chance !== undefined && Number.isFinite(chance) ? `chance ${significant(chance)}` : '',
  ];
  return parts.filter(Boolean).join('; ');
}

function domainOf(values: readonly (number | undefined)[]): readonly [number, number] {
  const known = values.filter((x): x is number => x !== undefined && Number.isFinite(x));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const pad = (high - low || Math.abs(high) || 1) * 0.15;
  return [low - pad, high + pad];
}
