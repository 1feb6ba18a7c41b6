import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'comparisons',
  order: 50,
  title: 'Comparisons',
  summary: 'Numbers about two spaces, each with an interval and its value for unrelated rows.',
  maps: 'pair → numbers',
  usage: 'tammes compare A B',
});
