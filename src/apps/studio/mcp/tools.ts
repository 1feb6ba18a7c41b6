import type { PackedArray } from '../../../io/packed.ts';
import { schemaOf } from '../actions/parameters.ts';
import type { Answer } from '../contract.ts';
import type { ActionDescription } from '../hosting/described.ts';
import type { AskListening, RemoteSession } from '../hosting/requests.ts';
import { pictureOf, pictureParameters } from './picture.ts';

type Json = Readonly<Record<string, unknown>>;

/** What an agent can use. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Json;
  readonly annotations: { readonly readOnlyHint: boolean };
  readonly use: (parameters: Json, listening: AskListening) => Promise<ToolContent>;
}

export type ToolContent = readonly (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly data: string; readonly mimeType: string }
)[];

/** Actions that only a page can use: places of points, and a run that somebody watches; `disperse` does it at once. */
const FOR_PAGES = /^(coordinates|disperse-.*)$/;

/** The actions of the session as tools, a picture, and the way back. */
export function toolsOf(session: RemoteSession, actions: readonly ActionDescription[]): Tool[] {
  const ofActions = actions
    .filter(({ id }) => !FOR_PAGES.test(id))
    .map(({ id, summary, isStep, parameters }): Tool => {
      return {
        name: id,
        description: summary,
        inputSchema: parameters,
        annotations: { readOnlyHint: !isStep },
        use: async (given, listening) =>
          textOf(await session.ask({ ask: 'call', action: id, parameters: given }, listening)),
      };
    });
  return [...ofActions, picture(session), back(session, 'undo'), back(session, 'redo')];
}

function picture(session: RemoteSession): Tool {
  return {
    name: 'picture',
    description: 'A picture of a map, as the page shows it or colored by a field, as PNG.',
    inputSchema: schemaOf(pictureParameters),
    annotations: { readOnlyHint: true },
    async use(given) {
      const { png, facts } = await pictureOf(session, given);
      const image = { type: 'image', data: base64Of(png), mimeType: 'image/png' } as const;
      return [image, ...textOf({ facts })];
    },
  };
}

function back(session: RemoteSession, name: 'undo' | 'redo'): Tool {
  return {
    name,
    description:
      name === 'undo' ? 'Go back to before the last change.' : 'Do again what was undone.',
    inputSchema: { type: 'object', additionalProperties: false, properties: {} },
    annotations: { readOnlyHint: false },
    async use() {
      await session.ask({ ask: name });
      const { steps } = (await session.ask({ ask: 'info' })).facts;
      return textOf({ facts: { steps } });
    },
  };
}

/** Items of a list that an agent is told; it reads every one of them. */
const MOST_ITEMS = 200;

/** An answer in JSON, long lists cut short and said to be. */
function textOf({ facts, arrays }: Answer): ToolContent {
  const lists = Object.entries(arrays ?? {}).map(([name, array]) => [name, listed(array)]);
  const told = lists.length === 0 ? facts : { ...facts, arrays: Object.fromEntries(lists) };
  return [{ type: 'text', text: JSON.stringify(told, shortened) }];
}

function listed({ shape, data }: PackedArray) {
  const values = Array.from(data.subarray(0, MOST_ITEMS) as ArrayLike<number | bigint>, (value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return { shape, values, ...(data.length > MOST_ITEMS && { left: data.length - MOST_ITEMS }) };
}

function shortened(_: string, value: unknown): unknown {
  if (!Array.isArray(value) || value.length <= MOST_ITEMS) return value;
  return [...value.slice(0, MOST_ITEMS), `… and ${value.length - MOST_ITEMS} more`];
}

function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // More arguments than that are refused.
  for (let at = 0; at < bytes.length; at += 0x8000)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(pieces.join(''));
}
