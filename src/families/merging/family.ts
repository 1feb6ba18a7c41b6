import { defineFamily } from '../../method/family.ts';
import type { Merger } from './types.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'merging',
  order: 130,
  title: 'Merging',
  summary: 'One model of several that were fine-tuned from the same base.',
  maps: 'models → model',
  usage: (method) => {
    const { learns, needsBase, spec } = method as unknown as Merger;
    const base = needsBase ? ' --base base.safetensors' : '';
    return learns
      ? undefined
      : `tammes merge a.safetensors b.safetensors${base} -o merged.safetensors --method ${spec.id}`;
  },
});
