import { OptionError } from '../core/errors.ts';

/** A method by id with the options that were written behind it: `gride(scale=16)` or `gride:scale=16`. */
export interface MethodTerm {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Reads one term; undefined where it is none. */
export function methodTerm(text: string): MethodTerm | undefined {
  const match = /^([a-z][a-z0-9-]*)\s*(?:\(([^()]*)\)|:([^():]*))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, id = '', within, behind = ''] = match;
  return { id, options: optionsIn(id, within ?? behind) };
}

function optionsIn(id: string, list: string): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const pair of list.split(',').filter((part) => part.trim() !== '')) {
    const [name = '', value] = pair.split('=').map((part) => part.trim());
    if (value === undefined) throw new OptionError(id, name, 'given as name=value', pair.trim());
    options[name] = literal(value);
  }
  return options;
}

/** The terms of a list by commas; `name=value` behind a comma belongs to the term before it. */
export function termsOf(list: string): readonly string[] {
  const terms: string[] = [];
  for (const part of topLevel(list, ',')) {
    const last = terms.length - 1;
    if (/^\w+\s*=/.test(part) && last >= 0 && terms[last].includes(':')) terms[last] += `,${part}`;
    else terms.push(part);
  }
  return terms;
}

/** Splits at a separator outside parentheses; a sign after an exponent is not a separator. */
export function topLevel(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    const inExponent = /[0-9.][eE]$/.test(text.slice(0, i));
    if (character === separator && depth === 0 && !inExponent) {
      parts.push(part.trim());
      part = '';
    } else {
      part += character;
    }
  }
  return [...parts, part.trim()];
}

function literal(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
