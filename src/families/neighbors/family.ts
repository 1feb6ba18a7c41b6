import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'neighbors',
  order: 60,
  title: 'Corrected neighbours',
  summary: 'Nearest neighbours corrected against hubs.',
  maps: 'points → neighbors',
  usage: ({ spec: { id } }) =>
    `tammes measure vectors.npy --save-neighbors lists.npz --correct ${id}`,
});
