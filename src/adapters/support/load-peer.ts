import { InputError } from '../../core/errors.ts';

/** Gets a package that Tammes does not bring along: the modules of `npm install NAME`. */
export type PeerLoader = (name: string) => Promise<unknown>;

/**
 * Imports a package that is installed beside Tammes, or where the program runs (which is elsewhere for a command that is
 * installed globally).
 */
export const importPeer: PeerLoader = async (name) => {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  } catch (cause) {
    if (!isMissing(cause, name)) throw cause;
    // Not imported: bundlers for browsers would look into it, and adapters run in Node alone.
    const { createRequire } = process.getBuiltinModule('module');
    const here = createRequire(process.getBuiltinModule('path').resolve('package.json'));
    const path = process.getBuiltinModule('url').pathToFileURL(here.resolve(name)).href;
    return import(/* @vite-ignore */ /* webpackIgnore: true */ path);
  }
};

/** Whether it is this package that is missing, not one that it needs itself. */
function isMissing(cause: unknown, name: string): boolean {
  const { code = '', message = '' } = (cause ?? {}) as { code?: string; message?: string };
  return /^(?:ERR_)?MODULE_NOT_FOUND$/.test(code) && message.includes(`'${name}'`);
}

/** A package of an adapter, or the sentence that says how to get it. */
export async function peerOf<T>(id: string, load: PeerLoader, name: string): Promise<T> {
  try {
    const found = (await load(name)) as { readonly default?: object };
    // What CommonJS exports stands under `default`, and only what can be seen from outside beside it.
    return { ...found.default, ...found } as T;
  } catch (cause) {
    const sentence = isMissing(cause, name)
      ? `the package ${name} is not installed: npm install ${name}`
      : `the package ${name} could not be loaded: ${messageOf(cause)}`;
    throw new InputError(id, `${sentence}.`, { cause });
  }
}

/** What an error of another program says, in one sentence without its period. */
export function messageOf(cause: unknown): string {
  const { message, code, errors } = (cause ?? {}) as {
    readonly message?: string;
    readonly code?: string;
    readonly errors?: readonly unknown[];
  };
  // Errors of several addresses of one host come together, with no message of their own.
  const text = message || (errors?.[0] ? messageOf(errors[0]) : (code ?? String(cause)));
  const [line] = text.split('\n', 1);
  return line.replace(/\.$/, '');
}
