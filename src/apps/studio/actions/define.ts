import type { RunControls } from '../../../core/run.ts';
import type { Engine, MaybePromise } from '../../../engine/engine.ts';
import type { Answer, SessionInfo, Step, StudioRecipe } from '../contract.ts';
import type { Live } from '../session/live.ts';
import type { State } from '../session/state.ts';
import type { ParameterSpecs, ParametersOf } from './parameters.ts';

/** What an action may use besides the state of the session and its parameters. */
export interface ActionContext extends RunControls {
  readonly engine: Engine;
  /** Shows where a long action stands, as a picture of numbers; left out where nobody looks. */
  readonly onFrame?: ((frame: Answer) => MaybePromise<void>) | undefined;
  /** What is steered outside of the history. */
  readonly live: Live;
  /** The session before the action. */
  readonly info: SessionInfo;
  readonly recipe: StudioRecipe;
}

/** What an action does: what it answers, and the state after it where it changed something. */
export interface Outcome extends Answer {
  readonly state?: State | undefined;
  /** What a step made, where that is more than it answers: for its digest. */
  readonly made?: Answer['arrays'];
  /** What the recipe says in place of the call: how the same comes about at once. */
  readonly step?: Pick<Step, 'action' | 'parameters'> | undefined;
}

/**
 * Something that a page, an agent or a recipe can do with a session. The HTTP API, its OpenAPI page, the tools of the
 * MCP server and the recipes come from this description.
 */
export interface Action<S extends ParameterSpecs = ParameterSpecs> {
  /** kebab-case; the file's name. */
  readonly id: string;
  /** One sentence. */
  readonly summary: string;
  readonly parameters: S;
  /** Whether it is a step of the recipe: the same step on the same state gives the same bytes. */
  readonly isStep: boolean;
  /** Whether it only looks something up: it answers at once, while a long action still runs, from the state of the moment. */
  readonly isQuick?: boolean;
  readonly run: (
    state: State,
    parameters: ParametersOf<S>,
    context: ActionContext,
  ) => MaybePromise<Outcome>;
}

export type AnyAction = Omit<Action, 'run'> & {
  readonly run: (state: State, parameters: never, context: ActionContext) => MaybePromise<Outcome>;
};

// @__NO_SIDE_EFFECTS__
export function defineAction<const S extends ParameterSpecs>(action: Action<S>): Action<S> {
  return action;
}
