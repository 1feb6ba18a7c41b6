import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'alignment',
  order: 90,
  title: 'Alignment',
  summary:
    'Bridges between two spaces: what one model wrote becomes comparable to what another wrote.',
  maps: 'pair → map',
  usage: ({ spec: { id } }) => `tammes align fit a.npy b.npy -o map.safetensors --method ${id}`,
});
