/** A dictionary of a pickle, in the order it was filled; a key may come twice, the last one counts. */
export class PickledDict {
  #entries: [key: unknown, value: unknown][] | undefined;

  get entries(): readonly (readonly [key: unknown, value: unknown])[] {
    return this.#entries ?? [];
  }

  set(key: unknown, value: unknown): void {
    this.#entries ??= [];
    this.#entries.push([key, value]);
  }
}

/** What a name in a pickle stands for; a type that is never called has no `call`. */
export class PickledGlobal {
  readonly name: string;
  readonly call: ((args: readonly unknown[]) => unknown) | undefined;
  constructor(name: string, call?: (args: readonly unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

/** What surrounds a pickle. Nothing else is ever called. */
export interface PickleContext {
  /** What `module.name` stands for, or undefined where it is not on the list. */
  global(name: string): PickledGlobal | undefined;
  /** What a persistent id stands for. */
  persistent(id: unknown): unknown;
  /** Gives `object` its state; false where it takes none. */
  build(object: unknown, state: unknown): boolean;
  /** What to do about a name that is not on the list. */
  readonly wayOut: string;
}
