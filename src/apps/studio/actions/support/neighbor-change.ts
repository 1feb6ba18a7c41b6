import type { KnnGraph } from '../../../../core/graph.ts';
import { gathered, type Matrix } from '../../../../core/matrix.ts';
import type { RunControls } from '../../../../core/run.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { neighborsOf } from './known.ts';
import type { MatchedPlaces } from './matched-places.ts';

/** What became of the nearest rows of each matched row, by the place of the match. */
export interface NeighborChange {
  readonly k: number;
  /** Share of a row's k nearest in A that are not among its k nearest in B. */
  readonly change: Float64Array;
  /** Places of the neighbors that are in A alone, and in B alone. */
  readonly lost: (place: number) => readonly number[];
  readonly gained: (place: number) => readonly number[];
}

/** Compares the nearest rows in two spaces, among the rows that both have. */
export async function neighborChange(
  a: Matrix<Float32Array>,
  b: Matrix<Float32Array>,
  { a: inA, b: inB, by }: MatchedPlaces,
  wanted: number,
  engine: Engine,
  run: RunControls,
): Promise<NeighborChange> {
  const [ofA, ofB] = by === 'position' ? [a, b] : [gathered(a, inA), gathered(b, inB)];
  const [before, after] = [
    await neighborsOf(ofA, engine, run),
    await neighborsOf(ofB, engine, run),
  ];
  const k = Math.min(wanted, before.k, after.k);
  const of = (graph: KnnGraph, place: number) => [
    ...graph.indices.subarray(place * graph.k, place * graph.k + k),
  ];
  const only = (one: KnnGraph, other: KnnGraph) => (place: number) => {
    const there = new Set(of(other, place));
    return of(one, place).filter((near) => !there.has(near));
  };
  const lost = only(before, after);
  return {
    k,
    change: Float64Array.from({ length: ofA.rows }, (_, place) => lost(place).length / k),
    lost,
    gained: only(after, before),
  };
}
