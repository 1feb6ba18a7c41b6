import { defineFamily } from '../../method/family.ts';

const FLAGS: Readonly<Record<string, string>> = {
  projection: '--directions axis.safetensors',
  'spectral-filter': '--partners perturbed.npy',
};

export const family = /* @__PURE__ */ defineFamily({
  id: 'erasure',
  order: 150,
  title: 'Erasure',
  summary: 'Filters that take a concept out of vectors and leave the rest as it was.',
  maps: 'labeled points → filter',
  usage: ({ spec: { id } }) => {
    if (id === 'safree')
      return 'tammes explain guard tokens.csv --document prompt --concepts phrases.npy -o guarded.csv';
    const flags = FLAGS[id] ?? '--metadata facts.csv --classes topic';
    return `tammes explain erase vectors.npy ${flags} -o erased.npy --method ${id}`;
  },
});
