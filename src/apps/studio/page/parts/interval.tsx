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
  const { value, low = value, high = value, null: law } = of;
  const chance = law && Number.isFinite(law.value) ? law : undefined;
  if (!Number.isFinite(value)) return null;
  const [from, to] =
    domain ?? domainOf([value, low, high, chance?.value, chance?.low, chance?.high]);
  const at = (x: number) =>
    EDGE + Math.min(1, Math.max(0, (x - from) / (to - from || 1))) * (WIDTH - 2 * EDGE);
  const middle = HEIGHT / 2;
  return (
    <svg
      class="interval"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <line class="track" x1={EDGE} x2={WIDTH - EDGE} y1={middle} y2={middle} />
      {chance && (
        <>
          <Band from={at(chance.low ?? chance.value)} to={at(chance.high ?? chance.value)} />
          <line
            class="chance"
            x1={at(chance.value)}
            x2={at(chance.value)}
            y1={0.5}
            y2={HEIGHT - 0.5}
          />
        </>
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

function Band({ from, to }: { readonly from: number; readonly to: number }) {
  return <rect class="band" x={from} y={2} width={Math.max(0.1, to - from)} height={HEIGHT - 4} />;
}

/** The same in words. */
export function intervalInWords({ low, high, null: chance }: Interval): string {
  const isKnown = (x: number | undefined): x is number => Number.isFinite(x);
  const parts = [
    isKnown(low) && isKnown(high) ? `${significant(low)} to ${significant(high)}` : '',
    isKnown(chance?.value) ? `by chance ${significant(chance.value)}` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function domainOf(values: readonly (number | undefined)[]): readonly [number, number] {
  const known = values.filter((x): x is number => x !== undefined && Number.isFinite(x));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const pad = (high - low || Math.abs(high) || 1) * 0.15;
  return [low - pad, high + pad];
}
