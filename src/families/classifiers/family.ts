import { defineFamily } from '../../method/family.ts';

export const family = /* @__PURE__ */ defineFamily({
  id: 'classifiers',
  order: 170,
  title: 'Classifiers',
  summary:
    'Fitted models that give each row a score for each class, also of classes that no training row has.',
  maps: 'labeled points → classes',
});
