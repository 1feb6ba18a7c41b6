import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'compression',
  order: 100,
  title: 'Compression',
  summary: 'Codecs: vectors in fewer bytes, compared without being decoded.',
  maps: 'points → codec',
  usage: ({ spec: { id } }) => `tammes compress vectors.npy -o small.tammes --codec ${id}`,
});
