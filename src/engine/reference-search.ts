import type { KnnGraph } from '../core/graph.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Assignment, MaybePromise, ProductLists, Work } from './engine.ts';
import { after, inTurns } from './in-turns.ts';
import { requireSameCols } from './kernels/assign/contract.ts';
import {
  type Diversify,
  degreeOf,
  type GraphFound,
  type GraphSearch,
  widthOf,
} from './kernels/graph-search/contract.ts';
import { answerQuery, keepDiverse } from './kernels/graph-search/reference.ts';
import { roomFor } from './kernels/graph-search/room.ts';
import { requireNeighbors } from './kernels/nearest/contract.ts';
import { type Apart, minusProduct, nearestOfRow } from './kernels/nearest/reference.ts';

// Near rows on the reference engine.

export function nearest(points: Matrix, k: number, work?: Work): MaybePromise<KnnGraph> {
  requireNeighbors(k);
  return lists('nearest', points, points, k, true, work);
}

export function nearestAmong(
  queries: Matrix,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<KnnGraph> {
  requireNeighbors(k);
  requireSameCols('nearest-among', queries, points);
  return lists('nearest-among', queries, points, k, false, work);
}

export function largestProducts(
  queries: Matrix,
  points: Matrix,
  k: number,
  work?: Work,
): MaybePromise<ProductLists> {
  requireNeighbors(k);
  requireSameCols('largest-products', queries, points);
  const found = unrooted('largest-products', queries, points, k, false, work, minusProduct);
  return after(found, ({ indices, distances: products }) => {
    for (let i = 0; i < products.length; i++) products[i] = -products[i];
    return { indices, products, k };
  });
}

export function searchGraph(search: GraphSearch, work?: Work): MaybePromise<GraphFound> {
  const degree = degreeOf(search);
  const found = roomFor(search);
  const task = (q: number): void => answerQuery(search, degree, q, found);
  return after(inTurns('graph-search', search.queries.rows, task, work), () => found);
}

export function diversify(request: Diversify, work?: Work): MaybePromise<Int32Array> {
  const width = widthOf(request);
  const kept = new Int32Array(request.owners.length * request.degree).fill(-1);
  const task = (i: number): void => keepDiverse(request, width, i, kept);
  return after(inTurns('diversify', request.owners.length, task, work), () => kept);
}

export function assign(queries: Matrix, points: Matrix, work?: Work): MaybePromise<Assignment> {
  requireSameCols('assign', queries, points);
  return after(lists('assign', queries, points, 1, false, work), ({ indices, distances }) => ({
    indices,
    distances,
  }));
}

function lists(
  where: string,
  queries: Matrix,
  points: Matrix,
  k: number,
  excludeSelf: boolean,
  work?: Work,
): MaybePromise<KnnGraph> {
  return after(unrooted(where, queries, points, k, excludeSelf, work), (found) => {
    rootInPlace(found.distances);
    return found;
  });
}

function unrooted(
  where: string,
  queries: Matrix,
  points: Matrix,
  k: number,
  excludeSelf: boolean,
  work?: Work,
  apart?: Apart,
): MaybePromise<KnnGraph> {
  const n = queries.rows;
  const indices = new Int32Array(n * k).fill(-1);
  const distances = new Float64Array(n * k).fill(Infinity);
  const task = (i: number): void => {
    const [from, to] = [i * k, (i + 1) * k];
    const self = excludeSelf ? i : -1;
    nearestOfRow(
      queries,
      i,
      points,
      self,
      indices.subarray(from, to),
      distances.subarray(from, to),
      apart,
    );
  };
  return after(inTurns(where, n, task, work), () => ({ indices, distances, n, k }));
}

function rootInPlace(squared: Float64Array): void {
  for (let i = 0; i < squared.length; i++) squared[i] = Math.sqrt(squared[i]);
}
