import { matrix } from '../../core/matrix.ts';
import type { SmallProblem } from '../../testing/small-problem.ts';

const short = { steps: 3, batch: 4, dim: 2, hidden: 4 };

/** Problems of learners of texts, and options of those with others than a classifier's. */
const OWN: Readonly<Record<string, Partial<SmallProblem>>> = {
  clicks: {
    input: {
      fields: [
        { name: 'user', values: Array.from({ length: 24 }, (_, i) => `u${i % 5}`) },
        { name: 'item', values: Array.from({ length: 24 }, (_, i) => `i${i % 7}`) },
      ],
      classes: Array.from({ length: 24 }, (_, i) => `${i % 2}`),
    },
    options: { steps: 3, batch: 4, dim: 2, hidden: 4, minCount: 1, heldOut: 0.25 },
  },
  clusters: { options: { ...short, clusters: 2, warmup: 0.5, noise: 0.1 } },
  distillation: {
    input: {
      texts: Array.from({ length: 12 }, (_, i) => `${i % 2 ? 'play' : 'rain'} today ${i % 3}`),
      teachers: [
        matrix(
          Float32Array.from({ length: 36 }, (_, e) => Math.sin(e + 1)),
          12,
          3,
        ),
      ],
    },
    options: { steps: 3, batch: 4, dim: 4, narrowest: 2, buckets: 32, heldOut: 0.25 },
  },
  'gated-clicks': {
    input: {
      fields: [
        { name: 'user', values: Array.from({ length: 24 }, (_, i) => `u${i % 5}`) },
        { name: 'item', values: Array.from({ length: 24 }, (_, i) => `i${i % 7}`) },
      ],
      classes: Array.from({ length: 24 }, (_, i) => `${i % 2}`),
    },
    options: { steps: 3, batch: 4, dim: 2, hidden: 4, minCount: 1, heldOut: 0.25, gateDim: 2 },
  },
  'gated-pairs': { options: short },
  generator: { options: { ...short, codeLength: 2, samples: 6, discriminatorSteps: 1 } },
  'label-attention': {
    input: {
      texts: Array.from({ length: 12 }, (_, i) => `${i % 2 ? 'play' : 'rain'} today`),
      classes: Array.from({ length: 12 }, (_, i) => (i % 2 ? 'music' : 'weather')),
      words: {
        labels: ['play', 'rain', 'today'],
        points: matrix(Float32Array.of(1, 0, 0, 1, 1, 1), 3, 2),
      },
    },
    options: { steps: 3, batch: 4, features: 4, k: 1, dictionarySteps: 4, heldOut: 0.25 },
  },
  'language-model': {
    input: { texts: ['a cat and a dog', 'a dog and no cat', 'no dog', 'cat, cat and cat'] },
    options: { steps: 3, batch: 2, dim: 4, context: 4, heldOut: 0.25 },
  },
  'named-dimensions': { options: { steps: 3, batch: 4, heldOut: 0.25 } },
  'sentence-encoder': {
    input: {
      texts: Array.from({ length: 12 }, (_, i) => `${i % 2 ? 'play' : 'rain'} today ${i % 3}`),
      translations: Array.from({ length: 12 }, (_, i) => `${i % 2 ? 'music' : 'clouds'} ${i % 3}`),
    },
    options: { steps: 3, batch: 4, dim: 4, blocks: 2, minCount: 1, heldOut: 0.25 },
  },
  'text-classifier': {
    input: {
      texts: Array.from({ length: 12 }, (_, i) => `${i % 2 ? 'play' : 'rain'} today ${i % 3}`),
      classes: Array.from({ length: 12 }, (_, i) => (i % 2 ? 'music' : 'weather')),
    },
  },
  translator: {
    input: {
      texts: ['one', 'two one', 'one one two', 'two'],
      translations: ['un', 'deux un', 'un un deux', 'deux'],
    },
    options: { steps: 2, batch: 2, dim: 4, units: 'words', longest: 8, heldOut: 0.25 },
  },
  'two-towers': { options: { ...short, heldOut: 0.25 } },
  'vector-distillation': { options: { ...short, heldOut: 0.25 } },
  'two-views': { options: { ...short, projected: 3, noise: 0.1 } },
};

/** Two classes on either side of the origin, or what the learner has of its own. */
export function smallProblem(id: string): SmallProblem {
  const n = 12;
  const data = Float64Array.from({ length: n * 3 }, (_, e) => {
    const side = Math.floor(e / 3) % 2 ? 1 : -1;
    return side * (1 + (e % 3)) + ((e * 7) % 5) / 10;
  });
  return {
    input: {
      points: matrix(data, n, 3),
      classes: Array.from({ length: n }, (_, i) => (i % 2 ? 'odd' : 'even')),
      ...((id === 'two-towers' || id === 'named-dimensions') && {
        others: matrix(
          data.map((x) => x * x),
          n,
          3,
        ),
      }),
      ...(id === 'vector-distillation' && { teachers: [matrix(data, n, 3)] }),
      ...(id === 'graph-classifier' && { edges: { from: [0, 1, 2, 3], to: [2, 3, 4, 5] } }),
    },
    options: { ...short, heldOut: 0.25 },
    ...OWN[id],
  };
}
