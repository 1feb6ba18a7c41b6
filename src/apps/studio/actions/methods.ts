import { families } from '../../../catalog/generated/families.ts';
import { InputError } from '../../../core/errors.ts';
import { methodsOf } from '../../../method/family.ts';
import { defineAction } from './define.ts';

/**
 * The methods of a family of the catalogue with their options as data, so that a page shows them as controls.
 *
 * Facts: `family {id, title, summary}`, `methods [{id, title, summary, options}]` by id; `options` are as the method
 * describes them: kind, default, doc, and min, max or choices.
 */
export const methods = defineAction({
  id: 'methods',
  summary: 'The methods of a family of the catalogue, with their options.',
  parameters: {
    family: {
      kind: 'text',
      doc: 'Id of the family: reduction, metrics, objectives, …',
      default: 'reduction',
    },
  },
  isStep: false,
  isQuick: true,
  async run(_, { family: id }) {
    const family = families.find((one) => one.id === id);
    if (!family) {
      const known = families.map((one) => one.id).join(', ');
      throw new InputError(
        'methods',
        `there is no family ${JSON.stringify(id)}; there are ${known}.`,
      );
    }
    const found = methodsOf(await family.load()).map(({ spec }) => ({
      id: spec.id,
      title: spec.title,
      summary: spec.summary,
      options: spec.options,
    }));
    return {
      facts: {
        family: { id, title: family.title, summary: family.summary },
        methods: found.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      },
    };
  },
});
