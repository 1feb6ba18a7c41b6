import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'optimizers',
  order: 20,
  title: 'Optimizers',
  summary: 'Move points along a manifold until a loss is small.',
  maps: 'loss → points',
  uses: ['objectives'],
  usage: ({ spec: { id } }) => {
    const rate = id === 'riemannian-adam' ? '0.01' : '0.1';
    return `tammes disperse vectors.npy -o spread.npy --optimizer ${id} --learning-rate ${rate}`;
  },
});
