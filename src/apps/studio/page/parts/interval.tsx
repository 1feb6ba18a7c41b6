import { significant } from '../../../report/format.ts';

/** A number with its interval beside what chance gives. */
export interface Interval {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly null?: Chance | undefined;
}

interface Chance {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

const WIDTH = 150;
const HEIGHT = 14;
const EDGE = 5;

/** The interval as a bar with a dot; chance as an upright stroke in the middle of its range. */
export function IntervalBar({
  of,
  domain,
}: {
  readonly of: Interval;
  readonly domain?: readonly [number, number] | undefined;
}) {
  const { value, low = value, high = value, null: chance } = of;
  if (!Number.isFinite(value)) return null;
  const [from, to] =
    domain ?? domainOf([value, low, high, chance?.value, chance?.low, chance?.high]);
  const at = (x: number) =>
    EDGE + Math.min(1, Math.max(0, (x - from) / (to - from || 1))) * (WIDTH - 2 * EDGE);
  const middle = HEIGHT / 2;
  const isKnown = chance && Number.isFinite(chance.value);
  const [left, right] = chance
    ? [at(chance.low ?? chance.value), at(chance.high ?? chance.value)]
    : [];
  return (
    <svg
      class="interval"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <line class="track" x1={EDGE} x2={WIDTH - EDGE} y1={middle} y2={middle} />
      {isKnown && left !== undefined && right !== undefined && (
        <rect class="band" x={left} y={1} width={Math.max(1.4, right - left)} height={HEIGHT - 2} />
      )}
      <line
        class="range"
        x1={at(low)}
        x2={Math.max(at(low) + 1, at(high))}
        y1={middle}
        y2={middle}
      />
      <line class="dot" x1={at(value)} x2={at(value)} y1={middle} y2={middle} />
    </svg>
  );
}

/** The same in words. */
export function intervalInWords({ low, high, null: chance }: Interval): string {
  const parts = [
    low !== undefined && high !== undefined ? `${significant(low)} to ${significant(high)}` : '',
    chance && Number.isFinite(chance.value) ? `by chance ${significant(chance.value)}` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function domainOf(values: readonly (number | undefined)[]): readonly [number, number] {
  const known = values.filter((x): x is number => x !== undefined && Number.isFinite(x));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const pad = (high - low || Math.abs(high) || 1) * 0.15;
  return [low - pad, high + pad];
}
