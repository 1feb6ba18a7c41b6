import { readFileSync } from 'node:fs';

/** A schema of OpenAPI 3.0, as far as the recorded part uses it. */
interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Operation {
  readonly query: readonly string[];
  readonly body?: Schema;
  readonly result: Schema;
}

interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const contract = JSON.parse(
  readFileSync(new URL('./contract.json', import.meta.url), 'utf8'),
) as Contract;

/** Marks a whole number that float64 does not hold. */
export const BIG = '\u0000';

const isWhole = (value: unknown): boolean =>
  Number.isInteger(value) || (typeof value === 'string' && value.startsWith(BIG));

function isOfType(type: string, value: unknown): boolean {
  if (type === 'integer') return isWhole(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'number') return typeof value === 'number' || isWhole(value);
  const is: string = typeof value;
  return is === type && !String(value).startsWith(BIG);
}

/** What is wrong with a value; undefined where nothing is. Fields that the schema does not name are wrong. */
export function violation(schema: Schema, value: unknown, at = 'body'): string | undefined {
  if (schema.$ref !== undefined)
    return violation(contract.components.schemas[schema.$ref.split('/').at(-1) ?? ''], value, at);
  if (value === null && (schema.nullable === true || schema.anyOf?.some((own) => own.nullable)))
    return undefined;
  if (schema.anyOf) {
    const found = schema.anyOf
      .filter((own) => own.nullable !== true || own.type !== undefined)
      .map((own) => violation(own, value, at));
    return found.includes(undefined) ? undefined : `${at} is none of: ${found.join(' | ')}`;
  }
  if (schema.enum && !schema.enum.includes(value)) return `${at} is not of ${schema.enum.join()}`;
  if (schema.type !== undefined && !isOfType(schema.type, value))
    return `${at} is no ${schema.type}`;
  if (
    typeof value === 'number' &&
    (value < (schema.minimum ?? value) || value > (schema.maximum ?? value))
  )
    return `${at} is out of bounds`;
  if (Array.isArray(value) && schema.items) {
    const { items } = schema;
    return firstOf(value.map((item, i) => () => violation(items, item, `${at}[${i}]`)));
  }
  if (schema.type === 'object') return ofObject(schema, value as Record<string, unknown>, at);
  return undefined;
}

function ofObject(
  { properties, additionalProperties: more, required = [] }: Schema,
  value: Readonly<Record<string, unknown>>,
  at: string,
): string | undefined {
  const missing = required.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return `${at}.${missing} is missing`;
  return firstOf(
    Object.entries(value).map(([key, item]) => () => {
      const own = properties?.[key] ?? (typeof more === 'object' ? more : undefined);
      if (own) return violation(own, item, `${at}.${key}`);
      return properties && more !== true ? `${at}.${key} is not known` : undefined;
    }),
  );
}

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The operation of a request, and the collection that it is about. */
export function operationOf(method: string, pathname: string) {
  for (const [path, operations] of Object.entries(contract.paths)) {
    const pattern = new RegExp(`^${path.replace('{collection_name}', '([^/]+)')}$`);
    const match = pattern.exec(pathname);
    const operation = operations[method.toLowerCase()];
    // A path without a name comes first: /collections/aliases is no collection.
    if (match && operation && !(path.includes('{') && pathname === '/collections/aliases'))
      return { id: `${method} ${path}`, operation, collection: decodeURIComponent(match[1] ?? '') };
  }
  return undefined;
}
