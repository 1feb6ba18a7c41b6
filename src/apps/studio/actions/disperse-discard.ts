import { defineAction } from './define.ts';

/** Forgets the run that is watched; the table is as it was. Facts: `discarded`, the step it stood at, or null. */
export const disperseDiscard = defineAction({
  id: 'disperse-discard',
  summary: 'Forgets the dispersion that is watched.',
  parameters: {},
  isStep: false,
  run(_, __, { live }) {
    const discarded = live.dispersion?.step ?? null;
    live.dispersion = undefined;
    return { facts: { discarded } };
  },
});
