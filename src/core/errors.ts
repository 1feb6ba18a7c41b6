/** Base class: every error thrown on purpose carries a stable `code` and one sentence a user can act on. */
export class TammesError extends Error {
  /** Written out, since minifiers rename classes. */
  override readonly name: string = 'TammesError';
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(oneLine(message), options);
    this.code = code;
  }
}

/** A matrix or list has the wrong shape. */
export class ShapeError extends TammesError {
  override readonly name = 'ShapeError';
  constructor(where: string, expected: string, got: string) {
    super('shape', `${where}: expected ${expected}; got ${got}.`);
  }
}

/** An option is unknown or out of its range. */
export class OptionError extends TammesError {
  override readonly name = 'OptionError';
  constructor(where: string, option: string, expected: string, got: unknown) {
    super('option', `${where}: option "${option}" must be ${expected}; got ${shown(got)}.`);
  }
}

/** The values of an input (a file, a row) are not what they should be. */
export class InputError extends TammesError {
  override readonly name = 'InputError';
  constructor(where: string, sentence: string, options?: ErrorOptions) {
    super('input', `${where}: ${sentence}`, options);
  }
}

/** The operation exists, but not here: this engine, this platform, this element type. */
export class UnsupportedError extends TammesError {
  override readonly name = 'UnsupportedError';
  constructor(where: string, sentence: string) {
    super('unsupported', `${where}: ${sentence}`);
  }
}

/** A promise the code makes to itself was broken; always a defect of Tammes. */
export class InternalError extends TammesError {
  override readonly name = 'InternalError';
  constructor(where: string, sentence: string) {
    super('internal', `${where}: ${sentence} This is a defect of Tammes; please report it.`);
  }
}

/** The run was stopped on request. */
export class AbortedError extends TammesError {
  override readonly name = 'AbortedError';
  constructor(where: string) {
    super('aborted', `${where}: stopped on request.`);
  }
}

/** Names and values from damaged files may hold line breaks and other control characters. */
function oneLine(text: string): string {
  return text.replace(
    /\p{Cc}/gu,
    (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}
