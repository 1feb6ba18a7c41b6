import type { ActionDescription } from '../hosting/described.ts';
import { LINES_TYPE, MOST_LISTED, PACKETS_TYPE } from './answers.ts';
import { routes } from './open-api.ts';

/** docs/studio-api.md, out of the routes and the actions. */
export function apiPage(actions: readonly ActionDescription[]): string {
  return `# The API of the studio

\`tammes studio FILE… --json\` prints one line with the address of the page; what stands behind \`#token=\` is the token that
every request to \`/api/\` needs. The server answers on this machine alone, under \`127.0.0.1\` and \`localhost\`, and to no page of
another origin. This page is written by \`npm run docs\`; the same as OpenAPI 3.1 comes from \`/api/openapi.json\`.

\`\`\`sh
npx tammes studio dataset:glove --port 8000 --json > studio.json &
# … once that line is there:
token=$(sed 's/.*token=//; s/".*//' studio.json)
curl -H "Authorization: Bearer $token" http://127.0.0.1:8000/api/info
curl -H "Authorization: Bearer $token" -H 'Accept: application/json' \\
  -d '{"formula":"king - man + woman","k":5}' http://127.0.0.1:8000/api/actions/search
\`\`\`

An action is asked for with its parameters as one JSON object. With \`Accept: application/json\` the answer is
\`{"facts": …, "arrays": {"NAME": {"shape": […], "values": […]}}}\`, with lists of ${MOST_LISTED.toLocaleString('en-US')} values at most, and null where a
number is missing. Otherwise the answer is \`${PACKETS_TYPE}\`: packets one after another, each its length in bytes (uint32,
little-endian) and a safetensors file whose metadata hold \`kind\`: \`progress\` (\`stage\`, \`done\`), \`frame\` and at last \`answer\` (\`facts\`,
and arrays as tensors) or \`error\` (\`code\`, \`sentence\`). The next frame is made when the last was sent; who closes the connection
ends the action. One action runs at a time, the others wait; those that only look something up do not.

What can't be done is \`{"error": {"code": …, "sentence": …}}\`:

| status | when |
|---|---|
| 400 | a parameter, a body or a file is not what it should be |
| 401, 403, 421 | the token, the origin or the name of the server is wrong |
| 404 | there is no such route or action |
| 409 | the action was stopped |
| 413 | a message, a file (\`--max-file\`) or a list is too large |
| 503 | the session ended; the page and this sentence are still there |

A recipe names each file with the SHA-256 of its vectors, float32, row by row, so that the same vectors in another format are the
same file. A step that makes arrays has their SHA-256 as \`digest\`; \`tammes studio replay\` does the steps again and compares.

## Routes

| route | |
|---|---|
${routes.map(({ method, path, summary, answers }) => `| \`${method.toUpperCase()} ${path}\` | ${summary}${kindOf(answers)} |`).join('\n')}
| \`POST /api/actions/{id}\` | Does an action; see below. |

## Actions

Those with a star are steps of the recipe: the same step on the same session gives the same bytes, and can be undone.
${actions.map(sectionOf).join('')}`;
}

const kindOf = (answers: Readonly<Record<string, unknown>>): string =>
  Object.hasOwn(answers, LINES_TYPE) ? ` (\`${LINES_TYPE}\`)` : '';

interface Property {
  readonly type?: string;
  readonly items?: { readonly type: string };
  readonly description: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

function sectionOf({ id, summary, isStep, parameters }: ActionDescription): string {
  const properties = Object.entries(parameters['properties'] as Record<string, Property>);
  const table =
    properties.length === 0
      ? ''
      : `\n| parameter | values | default | |\n|---|---|---|---|\n${properties.map(lineOf).join('\n')}\n`;
  return `\n### ${id}${isStep ? ' ★' : ''}\n\n${summary}\n${table}`;
}

function lineOf([name, property]: readonly [string, Property]): string {
  const usual = property.default === undefined ? '' : `\`${JSON.stringify(property.default)}\``;
  return `| \`${name}\` | ${valuesOf(property)} | ${usual} | ${property.description.replaceAll('|', '\\|')} |`;
}

function valuesOf({ type, items, enum: choices, minimum, maximum }: Property): string {
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (items) return `list of ${items.type}s`;
  if (minimum === undefined && maximum === undefined) return type ?? '';
  return `${type} in [${minimum ?? '-∞'}, ${maximum ?? '∞'}]`;
}
