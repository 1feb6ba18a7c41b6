import type { AnyAction } from './define.ts';
import { field } from './field.ts';
import { methods } from './methods.ts';
import { rows } from './rows.ts';

/** Every action of the studio; the order is that of the pages. */
export const actions: readonly AnyAction[] = [field, methods, rows];
