import type { KnnGraph } from '../../../core/graph.ts';
import { gathered, type Matrix } from '../../../core/matrix.ts';
import { log } from '../../../core/numeric.ts';
import { Random } from '../../../core/random.ts';
import { lessRow, meanRow } from '../../../numerics/rows/centered.ts';
import { dot, rowDot, squaredNorm } from '../../../numerics/rows/dot.ts';
import { sparselyJoined } from './cuts.ts';

/** Rows that share directions of their own and next to no neighbours with the others. */
export interface Population {
  readonly rows: readonly number[];
  /** Mean squared distance of its unit rows from their mean. */
  readonly spread: number;
}

export interface Populations {
  /** The largest first. */
  readonly groups: readonly Population[];
  /** Share of the neighbours that belong to another group. */
  readonly crossing: number;
  /** Whether the groups stand one behind the other in the file. */
  readonly inBlocks: boolean;
}

/** Parts whose directions are so alike, or three standard deviations of chance, are of one model. */
const ALIKE = 0.1;
/** Less of a spectrum is too round for its directions to mean anything. */
const LEAST_COLOR = 0.25;
/** A population is no smaller. */
const FEWEST = 20;
const LEAST_SHARE = 0.02;
const MOST_CROSSING = 0.02;
/** Directions that avoid each other more than chance has it may be those of two kinds of rows of one model. */
const MOST_CROSSING_APART = 0.001;
/** A part narrower than this is a cluster, whatever its directions. */
const LEAST_SPREAD = 0.25;
/** How often two models would pass for one. */
const MISSED = 0.025;
/** Rows of a part, and of a group, that its directions are judged by. */
const OF_PART = 150;
const OF_GROUP = 400;

/**
 * Groups of unit rows that come from different spaces: next to no neighbours across, each spread about its
 * mean, and means and covariances no more alike than after a random rotation, where clusters of one model
 * share directions. Undefined where there is one group.
 */
export function populationsOf(points: Matrix, graph: KnnGraph): Populations | undefined {
  const n = points.rows;
  if (graph.rows || n < 2 * FEWEST || points.cols < 4) return undefined;
  const fewest = Math.max(FEWEST, Math.ceil(LEAST_SHARE * n));
  const parts = sparselyJoined(graph, n, fewest);
  if (parts.length < 2) return undefined;
  const alike = merged(
    parts,
    (p, q) =>
      likeness(lookOf(points, p, OF_PART), lookOf(points, q, OF_PART)) >= alikeFrom(points.cols),
  );
  const allowed = -2 * log(MISSED / ((alike.length * (alike.length - 1)) / 2));
  const apart = merged(alike, (p, q) => !turnedApart(points, graph, [p, q], allowed));
  const groups = apart
    .map((rows) => ({
      rows: rows.toSorted((p, q) => p - q),
      spread: lookOf(points, rows, OF_GROUP).trace,
    }))
    .filter(({ spread }) => spread >= LEAST_SPREAD)
    .sort((p, q) => q.rows.length - p.rows.length);
  if (groups.length < 2) return undefined;
  const lists = groups.map(({ rows }) => rows);
  return { groups, crossing: crossingOf(graph, lists), inBlocks: inBlocks(lists) };
}

/** A part by some of its rows, about their mean. */
interface Look {
  readonly mean: Float64Array;
  readonly x: Matrix;
  /** tr Σ. */
  readonly trace: number;
  /** d·tr Σ²/(tr Σ)² − 1: 0 for a round covariance. */
  readonly color: number;
}

const known = new WeakMap<readonly number[], Map<number, Look>>();

function lookOf(points: Matrix, rows: readonly number[], most: number): Look {
  const looks = known.get(rows) ?? new Map<number, Look>();
  known.set(rows, looks);
  const look = looks.get(most) ?? freshLook(points, rows, most);
  looks.set(most, look);
  return look;
}

function freshLook(points: Matrix, rows: readonly number[], most: number): Look {
  const random = Random.fromSeed(0).fork('populations').fork(rows[0]);
  const some = Array.from(random.sample(rows.length, Math.min(rows.length, most)));
  const own = gathered(
    points,
    some.map((i) => rows[i]),
  );
  const mean = meanRow(own);
  const x = lessRow(own, mean);
  const trace = squaredNorm(x.data) / x.rows;
  return { mean, x, trace, color: (points.cols * crossTrace(x, x)) / (trace * trace) - 1 };
}

/** tr(Σ_X Σ_Y), from inner products of different rows. */
function crossTrace(x: Matrix, y: Matrix): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < y.rows; j++) {
      if (x === y && i === j) continue;
      sum += rowDot(x, i, y, j) ** 2;
      count++;
    }
  }
  return sum / count;
}

/** d·tr(Σ₁Σ₂)/(tr Σ₁ tr Σ₂) − 1: 0 on average after a random rotation. */
function shared(p: Look, q: Look): number {
  return (p.x.cols * crossTrace(p.x, q.x)) / (p.trace * q.trace) - 1;
}

/** The same over √(c₁c₂): 1 for equal covariances, and for round ones, which are alike in any basis. */
function likeness(p: Look, q: Look): number {
  if (Math.min(p.color, q.color) < LEAST_COLOR) return 1;
  return shared(p, q) / Math.sqrt(p.color * q.color);
}

/** √2/d is the standard deviation after a random rotation. */
function alikeFrom(d: number): number {
  return Math.max(ALIKE, (3 * Math.SQRT2) / d);
}

/** Parts put together as long as two of them belong together. */
function merged(
  parts: readonly number[][],
  together: (p: readonly number[], q: readonly number[]) => boolean,
): number[][] {
  const owner = parts.map((_, p) => p);
  for (let p = 0; p < parts.length; p++) {
    for (let q = 0; q < p; q++) {
      if (owner[p] === owner[q] || !together(parts[p], parts[q])) continue;
      const [from, to] = [owner[p], owner[q]];
      owner.forEach((name, at) => {
        if (name === from) owner[at] = to;
      });
    }
  }
  return [...new Set(owner)].map((name) => parts.filter((_, p) => owner[p] === name).flat());
}

/**
 * Whether two groups look as after a random rotation: the cosine of their means times √d and `shared` over
 * its deviation √(2c₁c₂)/d, both about normal then, squared and added, are at most `allowed`.
 */
function turnedApart(
  points: Matrix,
  graph: KnnGraph,
  groups: readonly (readonly number[])[],
  allowed: number,
): boolean {
  const [p, q] = groups.map((rows) => lookOf(points, rows, OF_GROUP));
  const d = points.cols;
  const means =
    (Math.sqrt(d) * dot(p.mean, q.mean)) / Math.sqrt(squaredNorm(p.mean) * squaredNorm(q.mean));
  const directions = (d * shared(p, q)) / Math.sqrt(2 * p.color * q.color);
  const crossing = crossingOf(graph, groups);
  if (means ** 2 + directions ** 2 <= allowed) return crossing <= MOST_CROSSING;
  const avoid = directions < 0 && means ** 2 <= allowed;
  return avoid && crossing <= MOST_CROSSING_APART;
}

function crossingOf({ indices, k, n }: KnnGraph, groups: readonly (readonly number[])[]): number {
  const of = new Int32Array(n).fill(-1);
  groups.forEach((rows, g) => {
    for (const i of rows) of[i] = g;
  });
  let [crossing, all] = [0, 0];
  for (let q = 0; q < n * k; q++) {
    const [g, h] = [of[Math.floor(q / k)], indices[q] < 0 ? -1 : of[indices[q]]];
    if (g < 0 || h < 0) continue;
    all++;
    if (g !== h) crossing++;
  }
  return crossing / all;
}

/** Whether a row stands beside one of its own group nearly always. */
function inBlocks(groups: readonly (readonly number[])[]): boolean {
  const order = groups.flatMap((rows, g) => rows.map((row) => [row, g] as const));
  order.sort(([p], [q]) => p - q);
  const changes = order.filter(([, g], at) => at > 0 && g !== order[at - 1][1]).length;
  return changes <= groups.length - 1 + order.length / 50;
}
