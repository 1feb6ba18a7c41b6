import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'codes',
  order: 30,
  title: 'Codes',
  summary: 'The best-separated points of the sphere, with proven bounds.',
  maps: 'size → points',
  usage: 'tammes code --count 100 --dim 8 -o OUT',
});
