import { type Matrix, row } from '../../../core/matrix.ts';
import type { ClassList, ConceptList } from '../types.ts';

export interface GrowthOptions {
  /** Concepts wanted at most. */
  readonly count: number;
  /** Share of a concept's children that are added when it is opened. */
  readonly opened: number;
  /** Weight of the number of classes that meet in a concept, beside its mean activation. */
  readonly mixing: number;
}

/**
 * The concepts that rows need, in the order in which they come: the roots, then again and again the most active children of
 * the concept that scores most. Of concepts without a tree, the most active.
 */
export function grownConcepts(
  { names, parents }: Pick<ConceptList, 'names' | 'parents'>,
  activations: Matrix,
  classes: ClassList | undefined,
  { count, opened, mixing }: GrowthOptions,
): Int32Array {
  const means = columnMeans(activations);
  const byActivation = (places: number[]) => places.sort((a, b) => means[b] - means[a] || a - b);
  if (!parents) return Int32Array.from(byActivation([...names.keys()]).slice(0, count));
  const children = names.map((): number[] => []);
  for (const [place, parent] of parents.entries()) if (parent >= 0) children[parent].push(place);
  const roots = [...names.keys()].filter((place) => parents[place] < 0);
  const grown = byActivation(roots).slice(0, count);
  const isGrown = new Set(grown);
  const isOpen = new Set<number>();
  const mixed = classes && mixingOf(activations, classes);
  mixed?.add(grown);
  while (grown.length < count) {
    const scores = mixed?.shares();
    const scoreOf = (place: number) =>
      scores ? (1 - mixing) * means[place] + mixing * (scores.get(place) ?? 0) : means[place];
    let best = -1;
    for (const place of grown)
      if (!isOpen.has(place) && (best < 0 || scoreOf(place) > scoreOf(best))) best = place;
    if (best < 0) break;
    isOpen.add(best);
    const own = byActivation(children[best]);
    const added = own
      .slice(0, Math.max(1, Math.round(opened * own.length)))
      .filter((place) => !isGrown.has(place))
      .slice(0, count - grown.length);
    for (const place of added) isGrown.add(place);
    grown.push(...added);
    mixed?.add(added);
  }
  return Int32Array.from(grown);
}

function columnMeans(m: Matrix): Float64Array {
  const means = new Float64Array(m.cols);
  for (let i = 0; i < m.rows; i++) {
    const own = row(m, i);
    for (let c = 0; c < m.cols; c++) means[c] += own[c];
  }
  return means.map((sum) => sum / m.rows);
}

/** Which share of the classes has a row whose most active concept it is, for each concept. */
function mixingOf(activations: Matrix, { names, of }: ClassList) {
  const { rows: n } = activations;
  const most = new Int32Array(n).fill(-1);
  const values = new Float64Array(n).fill(-Infinity);
  return {
    add(places: readonly number[]): void {
      for (let i = 0; i < n; i++) {
        const own = row(activations, i);
        for (const place of places)
          if (own[place] > values[i]) {
            values[i] = own[place];
            most[i] = place;
          }
      }
    },
    shares(): Map<number, number> {
      const met = new Map<number, Set<number>>();
      for (let i = 0; i < n; i++) {
        const own = met.get(most[i]) ?? new Set();
        met.set(most[i], own.add(of[i]));
      }
      return new Map([...met].map(([place, own]) => [place, own.size / names.length]));
    },
  };
}
