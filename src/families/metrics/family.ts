import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'metrics',
  order: 40,
  title: 'Metrics',
  summary: 'Numbers about a space, each with an interval and its law under a null.',
  maps: 'points → numbers',
  groups: ['spread', 'rank', 'dimension', 'hubness', 'neighborhoods', 'order', 'labels'],
  usage: 'tammes measure FILE --metrics ID',
});
