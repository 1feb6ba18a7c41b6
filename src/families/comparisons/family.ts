import { defineFamily } from '../../method/family.ts';
import type { Comparison } from './types.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'comparisons',
  order: 50,
  title: 'Comparisons',
  summary: 'Numbers about two spaces, each with an interval and its value for unrelated rows.',
  maps: 'pair → numbers',
  usage: (method) => {
    const { rows } = (method as Partial<Comparison>).meaning ?? {};
    const unpaired = rows === 'unpaired' ? ' --rows none' : '';
    return `tammes compare a.npy b.npy${unpaired} --metrics ${method.spec.id}`;
  },
});
