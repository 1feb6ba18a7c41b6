import { InputError, ShapeError } from '../../../core/errors.ts';
import type { CloudFigure } from '../cloud/contract.ts';
import { landmarks } from '../cloud/landmarks.ts';
import type { Numbers, ReportData, SphereSample } from '../contract.ts';
import { shownLabel } from '../escape.ts';
import { count, percent } from '../format.ts';
import { facingTurn, turnedPoints } from './facing.ts';

const MOST_POINTS = 2000;

/** The sample of the points on a sphere, turned so that the first view shows where they crowd. */
export function sphereFigure({ n, d }: ReportData, sample: SphereSample): CloudFigure {
  const { labels, before, after } = checkedSample(sample);
  const turn = facingTurn(before);
  return {
    id: 'sphere',
    name: after ? 'A sample of the points, before and after' : 'A sample of the points',
    reading: readingOf(sample, n, d),
    dims: 3,
    panels: [
      {
        title: 'The points on a sphere',
        positions: Float32Array.from(turnedPoints(before, turn)),
        after: after && Float32Array.from(turnedPoints(after, turn)),
      },
    ],
    projections: ['globe', 'mollweide', 'lambert', 'slice'],
    labels: labels.map(shownLabel),
    isNamed: true,
    landmarks: landmarks(before, 3),
  };
}

/** The sample, refused where its parts do not belong together or do not lie on the sphere. */
export function checkedSample(sample: SphereSample): SphereSample {
  const k = sample.labels.length;
  requireUnit(sample.before, k, 'before');
  if (sample.after) requireUnit(sample.after, k, 'after');
  if (k > MOST_POINTS) throw new ShapeError('report', `at most ${MOST_POINTS} points`, `${k}`);
  return sample;
}

function requireUnit(points: Numbers, k: number, which: string): void {
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

function readingOf(sample: SphereSample, n: number, d: number): string {
  const shown = count(sample.labels.length);
  if (d === 3 && sample.labels.length === n) return `All ${shown} points where they are.`;
  const { keptBefore, keptAfter } = sample;
  const kept =
    keptBefore === undefined
      ? ''
      : keptAfter === undefined
        ? ` That keeps ${percent(keptBefore)} of their squared length`
        : ` That keeps ${percent(keptBefore)} of their squared length before and ${percent(keptAfter)} after`;
  const warning = `angles here are not those in ${d} dimensions`;
  const head = `${shown} of ${count(n)} points, seen along ${sample.projection} and drawn at unit length.`;
  return kept === '' ? `${head} Mind: ${warning}.` : `${head}${kept}: ${warning}.`;
}
