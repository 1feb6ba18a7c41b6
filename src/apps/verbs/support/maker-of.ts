import { InputError } from '../../../core/errors.ts';
import type { StoredModel } from '../../../learning/index.ts';

/** The command that uses the models of each family; learners' kinds have no family before them. */
const COMMANDS = {
  reduction: 'reduce apply',
  alignment: 'align apply',
  learners: 'embed',
  erasure: 'explain erase --with',
} as const;

/** The id of the method that made a model; a sentence that names the right command where it is of another family. */
export function makerOf({ name, kind }: StoredModel, family: keyof typeof COMMANDS): string {
  const [first, id] = kind.split('/');
  const own = id === undefined ? 'learners' : first;
  if (own === family || !Object.hasOwn(COMMANDS, own)) return id ?? first;
  const command = COMMANDS[own as keyof typeof COMMANDS];
  throw new InputError(name, `the model was made by ${kind}: tammes ${command} takes it.`);
}
