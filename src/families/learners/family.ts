import { defineFamily } from '../../method/family.ts';
import type { Learner } from './types.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'learners',
  order: 70,
  title: 'Learners',
  summary:
    'Encoders trained on examples, with dispersion inside the loss; each is saved as a model.',
  maps: 'examples → model',
  uses: ['objectives', 'codes'],
  usage: (method) => {
    const others = (method as Partial<Learner>).hasSides ? ' --others OTHERS' : '';
    return `tammes learn ${method.spec.id} DATA${others} -o model.safetensors`;
  },
});
