import { defineFamily } from '../../method/family.ts';
import type { AnyAttribution } from './types.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'attributions',
  order: 160,
  title: 'Attributions',
  summary:
    'One score split into contributions that sum to it: of tokens, patches, rows or training examples.',
  maps: 'score → contributions',
  usage: (method) => (method as Partial<AnyAttribution>).command,
});
