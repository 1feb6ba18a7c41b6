import { defineFamily } from '../../method/family.ts';
import type { Learner } from './types.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'learners',
  order: 70,
  title: 'Learners',
  summary:
    'Encoders trained on examples, with dispersion inside the loss; each is saved as a model.',
  maps: 'examples → model',
  uses: ['objectives', 'codes', 'tables', 'parametrizations'],
  usage: (method) => {
    const { hasSides, needs = [] } = method as Partial<Learner>;
    const others = hasSides || needs.includes('others') ? ' --others OTHERS' : '';
    const teachers = needs.includes('teachers') ? ' --teacher TEACHER' : '';
    const words = needs.includes('words') ? ' --words WORDS' : '';
    const fields = needs.includes('fields') ? ' --fields FIELD,FIELD' : '';
    return `tammes learn ${method.spec.id} DATA${fields}${others}${teachers}${words} -o model.safetensors`;
  },
});
