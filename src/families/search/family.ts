import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'search',
  order: 110,
  title: 'Search',
  summary: 'Indexes: the nearest rows, sets or texts, with the recall of every answer.',
  maps: 'points → index',
  uses: ['compression'],
  usage: ({ spec: { id } }) => `tammes search build vectors.npy -o vectors.index --index ${id}`,
});
