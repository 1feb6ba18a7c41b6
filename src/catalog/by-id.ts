import { OptionError } from '../core/errors.ts';
import { methodsOf } from '../method/family.ts';
import type { AnyMethod } from '../method/method.ts';

/** The methods of one family, by id. */
export interface ById<M> {
  readonly ids: () => string[];
  /** The method of that id, else a sentence that names the option and what it may be. */
  readonly get: (id: string) => M;
}

/** Looks methods up among a family's exports, for the command `where` and its option. */
export function byId<M = AnyMethod>(where: string, option: string, exports: object): ById<M> {
  const known = new Map(methodsOf(exports).map((method) => [method.spec.id, method]));
  return {
    ids: () => [...known.keys()],
    get: (id) => {
      const found = known.get(id);
      if (!found)
        throw new OptionError(where, option, `one of ${[...known.keys()].join(', ')}`, id);
      return found as M;
    },
  };
}
