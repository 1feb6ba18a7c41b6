import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'objectives',
  order: 10,
  title: 'Dispersion objectives',
  summary:
    'Losses over unit rows, with their gradients: the smaller, the better the rows are spread.',
  maps: 'points → loss',
  usage: 'tammes disperse FILE -o OUT --objective ID',
});
