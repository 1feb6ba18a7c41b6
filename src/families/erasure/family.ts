import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'erasure',
  order: 150,
  title: 'Erasure',
  summary: 'Filters that take a concept out of vectors and leave the rest as it was.',
  maps: 'labeled points → filter',
  usage: ({ spec: { id } }) =>
    `tammes explain erase vectors.npy --metadata facts.csv --classes topic -o erased.npy --method ${id}`,
});
