import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'parametrizations',
  order: 120,
  title: 'Parametrizations',
  summary: 'The weights of a model made of fewer numbers, which alone are trained and stored.',
  maps: 'weights → fewer weights',
  usage: ({ spec: { id } }) =>
    `tammes learn classifier DATA --start base.safetensors --adapt ${id} -o model.safetensors --delta delta.safetensors`,
});
