import { InputError, ShapeError } from '../../core/errors.ts';
import { facingTurn } from './charts/sphere.ts';
import type { Numbers, SphereSample } from './contract.ts';
import { shownLabel } from './escape.ts';

/** What the page's script reads: JSON, with the points as base64. */
export interface SphereData {
  readonly labels: readonly string[];
  /** Little-endian int16, value · 32767, k × 3. */
  readonly before: string;
  readonly after?: string;
  /** 3 × 3, row-major: the first view. */
  readonly turn: readonly number[];
  /** Rows to label, the most important first. */
  readonly landmarks: readonly number[];
}

const MOST_POINTS = 2000;

/** Checks a sample and packs it: 6 bytes a point, 0.003° exact. */
export function sphereData(sample: SphereSample): SphereData {
  const k = sample.labels.length;
  checked(sample.before, k, 'before');
  if (sample.after) checked(sample.after, k, 'after');
  if (k > MOST_POINTS) throw new ShapeError('report', `at most ${MOST_POINTS} points`, `${k}`);
  return {
    labels: sample.labels.map(shownLabel),
    before: packed(sample.before),
    ...(sample.after ? { after: packed(sample.after) } : {}),
    turn: Array.from(facingTurn(sample.before), (v) => Math.round(v * 1e6) / 1e6),
    landmarks: landmarks(sample.before),
  };
}

function checked(points: Numbers, k: number, which: string): void {
  if (points.length !== 3 * k) {
    throw new ShapeError('report', `3 × ${k} sphere coordinates ${which}`, `${points.length}`);
  }
  for (let i = 0; i < points.length; i += 3) {
    const length2 = points[i] ** 2 + points[i + 1] ** 2 + points[i + 2] ** 2;
    if (!(Math.abs(length2 - 1) < 1e-3)) {
      throw new InputError('report', `sphere point ${i / 3} (${which}) has not length 1.`);
    }
  }
}

/** Base64 of little-endian int16. */
export function packed(points: Numbers): string {
  const view = new DataView(new ArrayBuffer(2 * points.length));
  for (let i = 0; i < points.length; i++) view.setInt16(2 * i, Math.round(points[i] * 32767), true);
  let bytes = '';
  for (let i = 0; i < view.byteLength; i++) bytes += String.fromCharCode(view.getUint8(i));
  return btoa(bytes);
}

/**
 * Up to 28 of the first 300 rows, far from one another: each next one is the farthest from those
 * taken, so that labels spread over the whole picture.
 */
export function landmarks(points: Numbers, most = 28): number[] {
  const rows = Math.min(300, points.length / 3);
  const closest = new Float64Array(rows).fill(-2);
  const taken: number[] = [];
  for (let next = 0; rows > 0 && taken.length < Math.min(most, rows); ) {
    taken.push(next);
    closest[next] = 2;
    let best = -1;
    for (let i = 0; i < rows; i++) {
      if (closest[i] === 2) continue;
      const cosine =
        points[3 * i] * points[3 * next] +
        points[3 * i + 1] * points[3 * next + 1] +
        points[3 * i + 2] * points[3 * next + 2];
      if (cosine > closest[i]) closest[i] = cosine;
      if (best < 0 || closest[i] < closest[best]) best = i;
    }
    if (best < 0) break;
    next = best;
  }
  return taken;
}
