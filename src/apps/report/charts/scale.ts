import { log } from '../../../core/numeric.ts';
import { exponentOf, fixed, superscript, tenTo } from '../format.ts';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** Maps numbers of the domain to positions; both ends of the domain land on the ends of the range. */
export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  readonly ticks: readonly Tick[];
}

type Pair = readonly [number, number];

/** Straight scale with about `count` ticks. */
export function linearScale(domain: Pair, range: Pair, count = 5): Scale {
  const [a, b] = spread(domain);
  const [p, q] = range;
  const at = (value: number) => p + ((value - a) / (b - a)) * (q - p);
  return Object.assign(at, { domain: [a, b] as Pair, range, ticks: niceTicks(a, b, count) });
}

/** Logarithmic scale; both ends of the domain must be above zero. */
export function logScale(domain: Pair, range: Pair): Scale {
  const [a, b] = domain[0] === domain[1] ? [domain[0] / 2, domain[1] * 2] : domain;
  const [p, q] = range;
  const from = log(a);
  const over = log(b) - from;
  const at = (value: number) => p + ((log(value) - from) / over) * (q - p);
  return Object.assign(at, { domain: [a, b] as Pair, range, ticks: logTicks(a, b) });
}

/** Ticks inside [a, b] whose step is 1, 2 or 5 times a power of ten; about `count` of them. */
export function niceTicks(a: number, b: number, count = 5): Tick[] {
  const { factor, exponent } = niceStep((b - a) / Math.max(1, count));
  // Multiples are formed in whole numbers, so that 3 · 0.1 is 0.3.
  const value = (i: number) =>
    exponent < 0 ? (i * factor) / tenTo(-exponent) : i * factor * tenTo(exponent);
  const step = value(1);
  const slack = 1e-9 * (b - a);
  const ticks: Tick[] = [];
  for (let i = Math.ceil((a - slack) / step); value(i) <= b + slack; i++) {
    ticks.push({ value: value(i) + 0, label: fixed(value(i), Math.max(0, -exponent)) });
  }
  return ticks;
}

/** The ends of [a, b] moved out to whole steps of its ticks. */
export function niceDomain(a: number, b: number, count = 5): [number, number] {
  const [from, to] = spread([a, b]);
  const { factor, exponent } = niceStep((to - from) / Math.max(1, count));
  // Parts of one are counted in whole numbers, so that 3 · 0.1 is 0.3.
  const parts = exponent < 0 ? tenTo(-exponent) : 1;
  const step = exponent < 0 ? factor : factor * tenTo(exponent);
  return [
    (Math.floor((from * parts) / step + 1e-9) * step) / parts + 0,
    (Math.ceil((to * parts) / step - 1e-9) * step) / parts + 0,
  ];
}

/** Powers of ten inside [a, b], with 2 and 5 times them where they are few. */
export function logTicks(a: number, b: number): Tick[] {
  const first = exponentOf(a) - 1;
  const last = exponentOf(b) + 1;
  for (const factors of [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 7]]) {
    const ticks: Tick[] = [];
    for (let k = first; k <= last; k++) {
      for (const factor of factors) {
        const value = Number(`${factor}e${k}`);
        if (value >= a * (1 - 1e-9) && value <= b * (1 + 1e-9)) {
          ticks.push({ value, label: logLabel(factor, k) });
        }
      }
    }
    if (ticks.length >= 3) return ticks.length > 9 ? everyOther(ticks) : ticks;
  }
  return niceTicks(a, b, 4);
}

function everyOther(ticks: Tick[]): Tick[] {
  const step = Math.ceil(ticks.length / 7);
  return ticks.filter((_, i) => i % step === 0);
}

function logLabel(factor: number, k: number): string {
  if (k >= -3 && k <= 5) {
    const decimals = Math.max(0, -k) + (Number.isInteger(factor) || k > 0 ? 0 : 1);
    return fixed(Number(`${factor}e${k}`), decimals);
  }
  const power = `10${superscript(k)}`;
  return factor === 1 ? power : `${factor}·${power}`;
}

function niceStep(raw: number): { factor: number; exponent: number } {
  const exponent = exponentOf(raw);
  const size = raw / tenTo(exponent);
  if (size > 7.07) return { factor: 1, exponent: exponent + 1 };
  return { factor: size > 3.16 ? 5 : size > 1.41 ? 2 : 1, exponent };
}

/** A domain of no width is opened to both sides, so that a scale over it stays finite. */
function spread([a, b]: Pair): Pair {
  if (a !== b) return [a, b];
  const half = a === 0 ? 0.5 : Math.abs(a) / 2;
  return [a - half, b + half];
}
