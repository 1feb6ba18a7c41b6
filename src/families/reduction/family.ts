import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'reduction',
  order: 80,
  title: 'Reduction',
  summary:
    'Fewer dimensions, fewer rows, and maps to look at: each is fitted once and places new rows alone.',
  maps: 'points → map',
  uses: ['objectives'],
  usage: ({ spec: { id } }) => `tammes reduce vectors.npy -o reduced.npy --method ${id}`,
});
