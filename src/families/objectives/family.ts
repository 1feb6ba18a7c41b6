import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'objectives',
  order: 10,
  title: 'Dispersion objectives',
  summary:
    'Losses over unit rows, with their gradients: the smaller, the better the rows are spread.',
  maps: 'points → loss',
  usage: ({ spec: { id } }) => {
    const objective = id === 'fidelity' ? "'uniformity + 0.1*fidelity'" : id;
    return `tammes disperse vectors.npy -o spread.npy --objective ${objective}`;
  },
});
