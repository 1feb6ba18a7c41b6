import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'tables',
  order: 65,
  title: 'Tables',
  summary: 'Vectors of ids that are trained: tables that hold them in fewer bytes.',
  maps: 'fields → table',
  usage: ({ spec: { id } }) =>
    `tammes learn clicks clicks.csv --fields user,item --classes clicked --table ${id} --budget 0.1 -o model.safetensors`,
});
