import { cos, sin } from '../../../core/numeric.ts';
import type { Random } from '../../../core/random.ts';

/** A 3 × 3 orthogonal matrix, row by row. */
type Turn = readonly number[];

const HALF_TURN: Turn = [1, 0, 0, 0, -1, 0, 0, 0, -1];
const INVERSION: Turn = [-1, 0, 0, 0, -1, 0, 0, 0, -1];
const MIRROR: Turn = [1, 0, 0, 0, 1, 0, 0, 0, -1];
const UPRIGHT_MIRROR: Turn = [1, 0, 0, 0, -1, 0, 0, 0, 1];
const THIRD_TURN: Turn = [0, 0, 1, 1, 0, 0, 0, 1, 0];
const QUARTER_TURN: Turn = [0, -1, 0, 1, 0, 0, 0, 0, 1];

function turnAboutZ(angle: number): Turn {
  return [cos(angle), -sin(angle), 0, sin(angle), cos(angle), 0, 0, 0, 1];
}

/** A fifth of a turn about (0, 1, φ), which with the third turn makes the icosahedral group. */
function fifthTurn(): Turn {
  const golden = (1 + Math.sqrt(5)) / 2;
  const [a, b, c] = [(golden - 1) / 2, golden / 2, 1 / 2];
  return [a, -b, c, b, c, a, -c, a, b];
}

/** Generators of a random finite group: mostly small cyclic and dihedral ones, some with mirrors. */
function randomGenerators(random: Random): Turn[] {
  const kind = random.uniform();
  if (kind < 0.05) return [THIRD_TURN, HALF_TURN];
  if (kind < 0.08) return [THIRD_TURN, QUARTER_TURN];
  if (kind < 0.1) return [THIRD_TURN, fifthTurn()];
  const fold = [2, 2, 2, 3, 3, 4, 5, 6][random.integer(8)];
  const generators = [turnAboutZ((2 * Math.PI) / fold)];
  const extra = random.uniform();
  if (extra < 0.35) generators.push(HALF_TURN);
  else if (extra < 0.45) generators.push(INVERSION);
  else if (extra < 0.52) generators.push(MIRROR);
  else if (extra < 0.6) generators.push(UPRIGHT_MIRROR);
  else if (extra < 0.65) return [product(turnAboutZ(Math.PI / fold), MIRROR)];
  return generators;
}

/** All products of the generators. */
function groupOf(generators: readonly Turn[]): Turn[] {
  const group: Turn[] = [[1, 0, 0, 0, 1, 0, 0, 0, 1]];
  for (let i = 0; i < group.length && group.length < 200; i++) {
    for (const generator of generators) {
      const next = product(generator, group[i]);
      if (!group.some((known) => near(known, next))) group.push(next);
    }
  }
  return group;
}

/**
 * n points of S² that a random finite group maps to themselves, n × 3; undefined where none of the
 * groups drawn has orbits that add up to n. Relaxation keeps the symmetry, up to rounding.
 */
export function symmetricStart(n: number, random: Random): Float64Array | undefined {
  for (let attempt = 0; attempt < 20; attempt++) {
    const group = groupOf(randomGenerators(random));
    if (group.length > n) continue;
    const points: number[][] = [];
    for (let draw = 0; draw < 200 && points.length < n; draw++) {
      const left = n - points.length;
      const special = left < group.length || random.uniform() < 0.15;
      const orbit = orbitOf(special ? fixedPoint(group, random) : randomPoint(random), group);
      const fits = orbit.length <= left && !orbit.some((p) => points.some((q) => near(p, q, 0.05)));
      if (fits) points.push(...orbit);
    }
    if (points.length === n) return Float64Array.from(points.flat());
  }
  return undefined;
}

function randomPoint(random: Random): number[] {
  return unit([random.normal(), random.normal(), random.normal()]);
}

/** A random point that some element of the group leaves where it is. */
function fixedPoint(group: readonly Turn[], random: Random): number[] {
  const point = randomPoint(random);
  const turn = group[random.integer(group.length)];
  const sum = [0, 0, 0];
  let moved = point;
  // Every order that occurs divides 120.
  for (let power = 0; power < 120; power++) {
    for (let k = 0; k < 3; k++) sum[k] += moved[k];
    moved = applied(turn, moved);
  }
  return Math.hypot(...sum) < 1e-6 ? point : unit(sum);
}

function orbitOf(point: readonly number[], group: readonly Turn[]): number[][] {
  const orbit: number[][] = [];
  for (const turn of group) {
    const image = applied(turn, point);
    if (!orbit.some((known) => near(known, image))) orbit.push(image);
  }
  return orbit;
}

function applied(turn: Turn, x: readonly number[]): number[] {
  return [0, 3, 6].map((r) => turn[r] * x[0] + turn[r + 1] * x[1] + turn[r + 2] * x[2]);
}

function product(a: Turn, b: Turn): Turn {
  return [0, 3, 6].flatMap((r) =>
    [0, 1, 2].map((c) => a[r] * b[c] + a[r + 1] * b[c + 3] + a[r + 2] * b[c + 6]),
  );
}

function near(a: readonly number[], b: readonly number[], distance = 1e-6): boolean {
  return a.every((value, k) => Math.abs(value - b[k]) < distance);
}

function unit(x: readonly number[]): number[] {
  const length = Math.sqrt(x[0] ** 2 + x[1] ** 2 + x[2] ** 2);
  return x.map((value) => value / length);
}
