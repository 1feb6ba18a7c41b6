import { type Matrix, matrix, zeros64 } from '../../core/matrix.ts';
import { cite } from '../../method/bibliography/cite.ts';
import * as papers from '../../method/bibliography/papers.ts';
import { integer, number } from '../../method/options.ts';
import { defineClassifier } from './define.ts';
import {
  conceptsAbove,
  isEntailing,
  type PlacedRelation,
  placedRelations,
} from './support/box-relations.ts';
import { classMeans } from './support/class-means.ts';
import { trainedBoxes } from './support/fit-boxes.ts';
import {
  centersOf,
  logMemberships,
  logOwnClass,
  placedConcept,
  spreadOf,
} from './support/placed-concept.ts';
import type { LabeledRows } from './types.ts';

/**
 * Box embeddings of concepts: each class is an axis-aligned box, each row a small one, and a row belongs to the classes whose
 * boxes contain its own.
 *
 *     log P(c | x) = Σₖ log(w(uₖ)/w(sₖ)),   w(u) = T·log(1 + e^{u/T})
 *     uₖ = ½(min(xₖ + sₖ, qₖ + oₖ) − max(xₖ − sₖ, qₖ − oₖ)),   center of the row = A·row + b
 *     minimise −Σ t·log P(c | x) + (1 − t)·log(1 − P(c | x)),   t = 1 where the row’s class is c or below it
 *
 * with A m × d, centers q and half sides o C × m, s = 0.02, T = 0.2. Rows of a concept and its others count the same. Relations
 * are triples: with "is a kind of" and "has" the one box lies in the other (γ weighs that), so that rows of "robin" train the
 * box of "bird" too where "robin is a kind of bird"; "is like" says that two boxes are near. A class without rows gets the box
 * that is likeliest given its relations: normal around what least squares over the known pairs of the relation predict from
 * the other boxes that have it. Examples of a new concept say where its center is, as rows of known classes do of theirs.
 *
 *     s_c(x) = log P(c | x) + Σ over kinds k of c of log(1 − P(k | x))
 *
 * @remarks For concepts that contain each other, and new ones from a few rows and a sentence: `learnConcept` adds one to a
 * model, `memberships` gives P(c | x), and `boxContainments` which concept contains which. From one row a box is far better
 * than a class mean, from five it is not. For plain classes `logistic` and `nearest-mean` are better and faster. Training is
 * O(C·m) a row and step.
 * @example
 * import { matrix } from 'tammes';
 * import { boxes } from 'tammes/classifiers';
 *
 * const rows = Array.from({ length: 40 }, (_, i) => [Math.cos(i), Math.sin(i), i % 2 ? 4 : -4]);
 * const points = matrix(new Float64Array(rows.flat()), 40, 3);
 * const classes = rows.map((_, i) => (i % 2 ? 'bird' : 'stone'));
 * const { model } = await boxes({ points, classes });
 * const found = await boxes.predict(model, points);
 * console.log(found.classes.every((name, i) => name === classes[i])); // true
 * @function
 */
export const boxes = /* @__PURE__ */ defineClassifier({
  id: 'boxes',
  title: 'Box embeddings of concepts',
  summary: 'Concepts as boxes that contain rows and each other, with relations among them.',
  references: [cite(papers.falcon, 'section 3, box embeddings and their entailment probability')],
  gives: 'scores',
  mayKnow: ['relations'],
  options: {
    dim: integer(32, 'Axes of the boxes.', { min: 1, max: 1024, symbol: 'm' }),
    steps: integer(200, 'Steps of training.', { min: 1, max: 1_000_000 }),
    learningRate: number(0.01, 'About how far a number moves in a step; it falls to a tenth.', {
      min: 1e-6,
      max: 1,
    }),
    penalty: number(1, 'Pull of the map of the rows back to their principal axes.', {
      min: 0,
      max: 1000,
    }),
    containment: number(1, 'Weight of the relations between trained concepts.', {
      min: 0,
      max: 1000,
      symbol: 'γ',
    }),
  },
  deviations: [
    'Rows are given and mapped linearly; in the paper a convolutional network gives the boxes of objects and is trained with them.',
    'New concepts are found by maximum a posteriori with a normal prior fitted to the related pairs; in the paper a graph network, trained on many episodes, proposes them.',
    'Known classes that are no relatives of a new one count as examples of what it is not.',
    'Every box has the same small sides s for rows, and 32 axes in place of 100.',
  ],
  async fit(rows, options, context) {
    const { names, seen, points, of, about } = rows;
    const relations = placedRelations('boxes', about.relations ?? [], names);
    const belongs = belongings(rows, relations);
    const trained = [...names.keys()].filter((c) => belongs.some((own) => own.has(c)));
    const things = {
      points,
      belongs: Uint8Array.from(
        [...of].flatMap((c) => trained.map((own) => (belongs[c].has(own) ? 1 : 0))),
      ),
      concepts: trained.length,
      contained: containedAmong(trained, relations),
    };
    const { map, shift, boxes: own, loss } = await trainedBoxes(things, options, context);
    const all = zeros64(names.length, 2 * options.dim);
    const isPlaced = names.map(() => false);
    const put = (c: number, box: Float64Array) => {
      all.data.set(box, c * all.cols);
      isPlaced[c] = true;
    };
    trained.forEach((c, at) => {
      put(c, own.data.subarray(at * all.cols, (at + 1) * all.cols));
    });
    const centers = centersOf(points, map, shift);
    const means = classMeans(centers, of, seen);
    const spread = spreadOf(centers, of, all);
    const placed = { boxes: all, isPlaced, means, spread, relations };
    const none: Matrix<Float64Array> = matrix(new Float64Array(0), 0, options.dim);
    for (const c of widestFirst(relations, names.length))
      if (!isPlaced[c]) put(c, await placedConcept(c, none, placed, context));
    return {
      settings: { relations: (about.relations ?? []).map((triple) => [...triple]) },
      arrays: { map, shift, boxes: all, means, spread },
      facts: { loss, trained: trained.length },
    };
  },
  score({ settings, arrays, names }, rows) {
    const { map, shift, boxes: own } = arrays;
    const relations = placedRelations('boxes', settings['relations'] as [], names);
    return logOwnClass(logMemberships(centersOf(rows, map, shift), own), relations);
  },
});

/** For each class that rows have: itself and the concepts above it. */
function belongings(
  { names, seen }: LabeledRows,
  relations: readonly PlacedRelation[],
): readonly ReadonlySet<number>[] {
  const above = conceptsAbove(relations, names.length);
  return above.slice(0, seen).map((own, c) => new Set([c, ...own]));
}

/** The direct relations between trained concepts, as places among them. */
function containedAmong(trained: readonly number[], relations: readonly PlacedRelation[]) {
  const at = new Map(trained.map((c, place) => [c, place]));
  return relations.flatMap(({ from, relation, to }): (readonly [number, number])[] => {
    const [inner, outer] = [at.get(from), at.get(to)];
    return isEntailing(relation) && inner !== undefined && outer !== undefined
      ? [[inner, outer]]
      : [];
  });
}

/** Concepts after those above them, so that a new one finds the boxes that its relations name. */
function widestFirst(relations: readonly PlacedRelation[], count: number): number[] {
  const above = conceptsAbove(relations, count);
  return [...above.keys()].sort((a, b) => above[a].size - above[b].size || a - b);
}
