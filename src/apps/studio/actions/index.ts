import type { AnyAction } from './define.ts';
import { disperse } from './disperse.ts';
import { disperseDiscard } from './disperse-discard.ts';
import { disperseKeep } from './disperse-keep.ts';
import { disperseLook } from './disperse-look.ts';
import { disperseRewind } from './disperse-rewind.ts';
import { disperseRun } from './disperse-run.ts';
import { field } from './field.ts';
import { methods } from './methods.ts';
import { rows } from './rows.ts';

/** Every action of the studio; the order is that of the pages. */
export const actions: readonly AnyAction[] = [
  disperseDiscard,
  disperseKeep,
  disperseLook,
  disperseRewind,
  disperseRun,
  disperse,
  field,
  methods,
  rows,
];
