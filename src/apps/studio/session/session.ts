import { AbortedError, InputError } from '../../../core/errors.ts';
import { VERSION } from '../../../core/version.ts';
import type { Engine, MaybePromise } from '../../../engine/engine.ts';
import type { AnyAction } from '../actions/define.ts';
import { actions } from '../actions/index.ts';
import { resolveParameters } from '../actions/parameters.ts';
import type { Answer, Packet, SessionInfo, Shown, Step, StudioRecipe } from '../contract.ts';
import { digestOf } from './digest.ts';
import { infoOf } from './info.ts';
import type { Live } from './live.ts';
import { EMPTY_STATE, type State, type StudioTable } from './state.ts';
import { idOfNext } from './table.ts';

/** What a caller listens with. */
export interface SessionRun {
  readonly signal?: AbortSignal | undefined;
  readonly send?: ((packet: Packet) => MaybePromise<void>) | undefined;
}

interface Moment {
  readonly state: State;
  /** How the state came about; undefined for what was opened. */
  readonly step?: Step | undefined;
  /** The table that was opened then. */
  readonly opened?: StudioTable | undefined;
}

/**
 * An open session: tables, what was done with them, and the way back. One action at a time; the others wait. The same
 * object lives behind the server, in a worker of a page without a server, and in the replay of a recipe.
 */
export class Session {
  readonly #engine: Engine;
  readonly #listeners = new Set<(info: SessionInfo) => void>();
  readonly #live: Live = {};
  #moments: readonly Moment[];
  #at = 0;
  #revision = 0;
  #shown: Shown | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(engine: Engine, tables: readonly StudioTable[] = []) {
    this.#engine = engine;
    this.#moments = [
      { state: { ...EMPTY_STATE, tables: new Map(tables.map((table) => [table.id, table])) } },
    ];
  }

  get state(): State {
    return this.#moments[this.#at].state;
  }

  get info(): SessionInfo {
    return infoOf(this.state, {
      revision: this.#revision,
      tammes: VERSION,
      engine: this.#engine.name,
      actions: actions.map(({ id }) => id),
      steps: this.#steps(),
      canUndo: this.#at > 0,
      canRedo: this.#at + 1 < this.#moments.length,
      shown: this.#shown,
    });
  }

  /** Does an action when those before it are done; one that only looks something up does not wait. */
  async do(
    id: string,
    parameters: Readonly<Record<string, unknown>> = {},
    run: SessionRun = {},
  ): Promise<Answer> {
    if (actionOf(id).isQuick) return this.#done(id, parameters, run);
    return this.#inTurn(() => this.#done(id, parameters, run), id, run.signal);
  }

  /** Opens one more table when what goes on is done; `make` is given its id. Files of a recipe are told by it. */
  open(
    make: (id: string) => MaybePromise<StudioTable>,
    signal?: AbortSignal,
  ): Promise<StudioTable> {
    const work = async () => {
      const { state } = this;
      const opened = await make(idOfNext(state));
      this.#requireState(state, 'open');
      const tables = new Map(state.tables).set(opened.id, opened);
      this.#push({ state: { ...state, tables }, opened });
      return opened;
    };
    return this.#inTurn(work, 'open', signal);
  }

  /** Goes back to before the last change. */
  undo(): void {
    if (this.#at === 0) throw new InputError('undo', 'there is nothing to undo.');
    this.#at--;
    this.#changed();
  }

  redo(): void {
    if (this.#at + 1 >= this.#moments.length)
      throw new InputError('redo', 'there is nothing to redo.');
    this.#at++;
    this.#changed();
  }

  /** What the page shows; agents draw the same. */
  show(shown: Shown | undefined): void {
    this.#shown = shown;
  }

  /** The way from the opened files to here. */
  recipe(): StudioRecipe {
    const first = [...this.#moments[0].state.tables.values()];
    const later = this.#past().flatMap(({ opened }) => opened ?? []);
    return {
      tammes: VERSION,
      engine: this.#engine.name,
      files: [...first, ...later].map(({ id, name, sha256, flags }) => ({
        id,
        name,
        sha256,
        ...(flags && { flags }),
      })),
      steps: this.#steps(),
    };
  }

  onChange(listener: (info: SessionInfo) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #inTurn<T>(work: () => MaybePromise<T>, what: string, signal?: AbortSignal): Promise<T> {
    const turn = this.#last.then(() => {
      if (signal?.aborted) throw new AbortedError(what);
      return work();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Refuses what was made of a state that is not the session's any more. */
  #requireState(state: State, what: string): void {
    if (this.state === state) return;
    throw new InputError(what, 'the session was undone or redone meanwhile; do it again.');
  }

  async #done(
    id: string,
    given: Readonly<Record<string, unknown>>,
    { signal, send }: SessionRun,
  ): Promise<Answer> {
    const action = actionOf(id);
    const parameters = resolveParameters(id, action.parameters, given);
    const before = this.state;
    const { state, made, step, ...answer } = await action.run(before, parameters as never, {
      engine: this.#engine,
      info: this.info,
      recipe: this.recipe(),
      signal,
      onProgress: ({ stage, done }) => {
        // A listener that is gone ends the action by its signal, not here.
        Promise.resolve(send?.({ kind: 'progress', stage, done })).catch(() => undefined);
      },
      onFrame: send && ((frame) => send({ kind: 'frame', ...frame })),
      live: this.#live,
    });
    if (state) {
      this.#requireState(before, id);
      const digest = await digestOf({ arrays: { ...answer.arrays, ...made } });
      const done = step ?? { action: id, parameters: given };
      this.#push({ state, step: action.isStep ? { ...done, digest } : undefined });
    }
    return answer;
  }

  #push(moment: Moment): void {
    this.#moments = [...this.#moments.slice(0, this.#at + 1), moment];
    this.#at++;
    this.#changed();
  }

  /** What led here from the first moment on. */
  #past(): readonly Moment[] {
    return this.#moments.slice(1, this.#at + 1);
  }

  #steps(): readonly Step[] {
    return this.#past().flatMap(({ step }) => step ?? []);
  }

  #changed(): void {
    this.#revision++;
    const { info } = this;
    for (const listener of this.#listeners) listener(info);
  }
}

function actionOf(id: string): AnyAction {
  const found = actions.find((action) => action.id === id);
  if (found) return found;
  const known = actions.map((action) => action.id).join(', ');
  throw new InputError('studio', `there is no action ${JSON.stringify(id)}; there are ${known}.`);
}
