import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'learners',
  order: 70,
  title: 'Learners',
  summary:
    'Encoders trained on examples, with dispersion inside the loss; each is saved as a model.',
  maps: 'examples → model',
  uses: ['objectives', 'codes'],
  usage: ({ spec: { id } }) => `tammes learn ${id} DATA -o model.safetensors`,
});
