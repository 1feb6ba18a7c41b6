import { describe, expect, test } from 'vitest';
import { type Matrix, matrix, toFloat32, zeros } from '../../core/matrix.ts';
import { Random } from '../../core/random.ts';
import { rotation, turned, uniformRows } from '../../testing/points.ts';
import { type Finding, rules, SEVERITIES } from '../doctor/index.ts';
import { cured } from './cured.ts';
import { type DoctorOptions, diagnose } from './doctor.ts';

// The law of cures: after the act that a finding names it is gone, and nothing as bad has come by it.

type Points = Matrix<Float32Array>;

const N = 300;
const D = 16;

const even = (n = N, d = D, seed = 11) => toFloat32(uniformRows(n, d, seed));

function changed(m: Matrix, value: (x: number, i: number, c: number) => number): Points {
  const data = Float32Array.from(m.data, (x, at) => value(x, Math.floor(at / m.cols), at % m.cols));
  return matrix(data, m.rows, m.cols);
}

const turnedRows = (m: Matrix, seed = 5) => toFloat32(turned(m, rotation(m.cols, seed)));

function stacked(parts: readonly Points[]): Points {
  const [{ cols }] = parts;
  const out = zeros(
    parts.reduce((sum, { rows }) => sum + rows, 0),
    cols,
  );
  let at = 0;
  for (const { data } of parts) {
    out.data.set(data, at);
    at += data.length;
  }
  return out;
}

/** Normal rows whose columns fall off, in a basis of their own. */
function model(n: number, d: number, seed: number): Points {
  const random = Random.fromSeed(seed);
  const own = changed(
    zeros(n, d),
    (_, __, c) => random.normal() * (c < d / 4 ? 1 : 0.05) + (c === 0 ? 1 : 0),
  );
  return turnedRows(own, seed);
}

function hubs(): Points {
  const random = Random.fromSeed(9);
  return changed(zeros(N, 60), (_, i) => (i < 8 ? 0.3 : 1) * random.normal() + 0.25);
}

/** Crowds around 24 centres, and rows midway between two of them, which crowds never look at. */
function rowsBetween(): Points {
  const [groups, crowd, between, d] = [24, 20, 96, 24];
  const random = Random.fromSeed(3);
  const centers = uniformRows(groups, d, 3);
  const center = (g: number, c: number) => centers.data[(g % groups) * d + c];
  return changed(zeros(groups * crowd + between, d), (_, i, c) => {
    const h = i - groups * crowd;
    if (h < 0) return center(i, c) + (0.4 / Math.sqrt(d)) * random.normal();
    return center(h, c) + center(h + 1 + 7 * Math.floor(h / groups), c);
  });
}

/** Rows of a narrow cone, and four anywhere. */
function strangers(): Points {
  const random = Random.fromSeed(7);
  return changed(even(), (x, i, c) => (i % 97 === 5 ? random.normal() : (c < 3 ? 6 : 1) * x));
}

const frequencies = Float64Array.from({ length: N }, (_, i) => i + 1);

type Fault = [name: string, make: () => Points, id: string, options?: DoctorOptions];

const FAULTS: Fault[] = [
  [
    'a collapse',
    () => turnedRows(changed(even(), (x, _, c) => x + (c === 0 ? 8 : 0))),
    'collapsed',
  ],
  [
    'a shifted mean',
    () => turnedRows(changed(even(), (x, _, c) => x + (c === 0 ? 0.6 : 0))),
    'off-center',
  ],
  [
    'one column with a large mean',
    () => changed(even(), (x, _, c) => x + (c === 0 ? 0.6 : 0)),
    'off-center',
  ],
  [
    'a mean, and rows of all lengths',
    () => changed(even(), (x, i, c) => (1 + (i % 9)) * (x + (c < 3 ? 0.3 : 0))),
    'off-center',
  ],
  [
    'a column of large variance',
    () => changed(even(), (x, _, c) => (c === 7 ? 12 * x : x)),
    'rogue-dimensions',
  ],
  [
    'one of large variance and mean',
    () => changed(even(), (x, _, c) => (c === 7 ? 12 * x + 2 : x)),
    'rogue-dimensions',
  ],
  [
    'two of them',
    () => changed(even(), (x, _, c) => (c === 3 || c === 9 ? 8 * x : x)),
    'rogue-dimensions',
  ],
  [
    'a low rank',
    () => turnedRows(changed(even(), (x, _, c) => (c < 5 ? x : 0.001 * x))),
    'unused-directions',
  ],
  [
    'a low rank off centre',
    () => turnedRows(changed(even(), (x, _, c) => (c < 5 ? x : 0.001 * x) + (c === 0 ? 0.1 : 0))),
    'unused-directions',
  ],
  [
    'duplicates',
    () => changed(even(), (x, i, c) => (i > N - 6 ? even().data[(i - 200) * D + c] : x)),
    'near-duplicates',
  ],
  ['very short rows', () => changed(even(), (x, i) => (i % 60 === 3 ? 1e-5 * x : x)), 'short-rows'],
  ['giant rows', () => changed(even(), (x, i) => (i % 60 === 3 ? 1000 * x : x)), 'long-rows'],
  [
    'one giant row among uneven ones',
    () => changed(even(), (x, i) => (i === 9 ? 200 : 1 + (i % 7) / 7) * x),
    'long-rows',
  ],
  ['a dead column', () => changed(even(), (x, _, c) => (c === 4 ? 0 : x)), 'constant-columns'],
  [
    'a column of one value',
    () => changed(even(), (x, _, c) => (c === 4 ? 0.01 : x)),
    'constant-columns',
  ],
  [
    'a column twice',
    () => changed(even(), (x, i, c) => (c === 6 ? even().data[i * D + 2] : x)),
    'repeated-columns',
  ],
  [
    'a column and its opposite',
    () => changed(even(), (x, i, c) => (c === 6 ? 0.1 - 2 * even().data[i * D + 2] : x)),
    'repeated-columns',
  ],
  ['rows of zeros', () => changed(even(), (x, i) => (i === 8 ? 0 : x)), 'invalid-rows'],
  [
    'rows that are not finite',
    () => changed(even(), (x, i) => (i === 8 || i === 9 ? NaN : x)),
    'invalid-rows',
  ],
  ['rows that lie alone', strangers, 'lonely-rows'],
  ['two models', () => stacked([model(200, 32, 1), model(200, 32, 2)]), 'mixed-populations'],
  [
    'three models, unequal',
    () => stacked([model(300, 32, 1), model(100, 32, 2), model(50, 32, 3)]),
    'mixed-populations',
  ],
  ['hubs', hubs, 'hubs'],
  ['rows that no list holds', rowsBetween, 'anti-hubs'],
  [
    'lengths that follow frequency',
    () => changed(even(), (x, i) => (1 + i / N) * x),
    'norms-follow-frequency',
    { frequencies },
  ],
];

/** What the rules read, and no more. */
const metrics = [...new Set(rules.flatMap(({ reads }) => reads))].filter(
  (id) => id !== 'knn-accuracy',
);

const worse = ({ severity }: Finding) => SEVERITIES.indexOf(severity);

describe('the cure that a finding names cures', () => {
  test.each<Fault>(FAULTS)('%s', async (_, make, id, options = {}) => {
    const points = make();
    const { findings } = await diagnose(points, { metrics, ...options });
    const finding = findings.find((found) => found.id === id);
    expect(finding, JSON.stringify(findings, null, 1)).toBeDefined();
    if (!finding?.cure) throw new Error(`${id} names no cure`);
    const parts = await cured(points, finding.cure);
    for (const part of parts) {
      const { findings: after } = await diagnose(part, {
        metrics,
        ...(part.rows === N ? options : {}),
      });
      const come = after.filter(
        (other) =>
          worse(other) <= worse(finding) && !findings.some((before) => before.id === other.id),
      );
      expect(after.map((other) => other.id)).not.toContain(id);
      expect(come, `${finding.sentence}`).toEqual([]);
    }
  });

  test('every rule but those that state a fact has a fault here', () => {
    const facts = ['few-dimensions', 'few-rows', 'labels-at-chance'];
    const known = new Set([...FAULTS.map(([, , id]) => id), ...facts]);
    expect(rules.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
  });
});
