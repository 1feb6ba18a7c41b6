import { defineFamily } from '../../method/family.ts';

/** Those that cannot do without classes. */
const OVER_CLASSES = /* @__PURE__ */ new Set(['sup-con', 'triplet', 'proxies']);

export const family = /* @__PURE__ */ defineFamily({
  id: 'objectives',
  order: 10,
  title: 'Dispersion objectives',
  summary:
    'Losses over unit rows, with their gradients: the smaller, the better the rows are spread.',
  maps: 'points → loss',
  usage: ({ spec: { id } }) => {
    const objective = id === 'fidelity' ? "'uniformity + 0.1*fidelity'" : id;
    const classes = OVER_CLASSES.has(id) ? ' --classes topic' : '';
    return `tammes disperse vectors.${classes ? 'csv' : 'npy'} -o spread.npy --objective ${objective}${classes}`;
  },
});
