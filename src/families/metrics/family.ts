import { defineFamily } from '../../method/family.ts';

/** The flags that give a metric what it must know of the rows. */
const FACTS: Readonly<Record<string, string>> = {
  classes: '--classes COLUMN',
  scores: '--scores COLUMN',
  frequencies: '--frequencies COLUMN',
  answers: '--queries queries.npy --relevance qrels.tsv',
};

export const family = /* @__PURE__ */ defineFamily({
  id: 'metrics',
  order: 40,
  title: 'Metrics',
  summary: 'Numbers about a space, each with an interval and its law under a null.',
  maps: 'points → numbers',
  groups: ['spread', 'rank', 'dimension', 'hubness', 'neighborhoods', 'order', 'labels'],
  usage: (method) => {
    const needs = 'needs' in method && typeof method.needs === 'string' ? method.needs : '';
    const words = ['tammes measure vectors.npy --metrics', method.spec.id, FACTS[needs]];
    return words.filter(Boolean).join(' ');
  },
});
