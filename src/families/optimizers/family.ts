import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'optimizers',
  order: 20,
  title: 'Optimizers',
  summary: 'Move points along a manifold until a loss is small.',
  maps: 'loss → points',
  uses: ['objectives'],
  usage: 'tammes disperse FILE -o OUT --optimizer ID',
});
