import { actions } from '../actions/index.ts';
import { schemaOf } from '../actions/parameters.ts';

/** An action as plain data, for those who have no part in its code. */
export interface ActionDescription {
  readonly id: string;
  readonly summary: string;
  readonly isStep: boolean;
  /** JSON Schema of its parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Every action as plain data. */
export function describedActions(): readonly ActionDescription[] {
  return actions.map(({ id, summary, isStep, parameters }) => ({
    id,
    summary,
    isStep,
    parameters: schemaOf(parameters),
  }));
}
