import { type Context, Hono } from 'hono';
import type { SessionInfo } from '../contract.ts';
import type { ActionDescription } from '../hosting/described.ts';
import type { RemoteSession, StudioRequest } from '../hosting/requests.ts';
import { changesAnswer, errorAnswer, jsonAnswer, packetAnswer } from './answers.ts';
import { bytesOf, objectOf } from './bodies.ts';
import {
  type Guard,
  RefusedError,
  requireHost,
  requireOrigin,
  requireToken,
  SECURITY_HEADERS,
} from './guard.ts';
import { openApi } from './open-api.ts';
import { shownOf } from './shown.ts';

export interface StudioServer extends Guard {
  readonly session: RemoteSession;
  /** The page's files by their names; `index.html` is the page. */
  readonly pages: ReadonlyMap<string, PageFile>;
  /** Bytes that a dropped file may have. */
  readonly mostFileBytes: number;
}

export interface PageFile {
  readonly type: string;
  readonly bytes: () => Promise<Uint8Array>;
}

/** Bytes of a message: a selection of a million rows, with room. */
const MOST_MESSAGE_BYTES = 32e6;

/** The studio over HTTP: a page that has no data, and an API for those who have the token. */
export function studioApp(server: StudioServer): (request: Request) => Promise<Response> {
  const app = new Hono();
  app.use(async ({ req: { raw } }, next) => {
    requireHost(raw, server);
    requireOrigin(raw, server);
    await next();
  });
  app.use('/api/*', async ({ req: { raw } }, next) => {
    requireToken(raw, server);
    await next();
  });
  addApi(app, server);
  app.get('*', ({ req: { path } }) => pageAnswer(server, path));
  app.notFound(({ req: { method, path } }) =>
    errorAnswer(new RefusedError(404, 'route', `there is nothing at ${method} ${path}.`)),
  );
  app.onError((cause) => errorAnswer(cause));
  return async (request) => {
    const response = await app.fetch(request);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
    return response;
  };
}

function addApi(app: Hono, { session, mostFileBytes }: StudioServer): void {
  let described: Promise<readonly ActionDescription[]> | undefined;
  const actions = () =>
    (described ??= session
      .ask({ ask: 'actions' })
      .then(({ facts }) => facts['actions'] as readonly ActionDescription[]));
  const info = async () => (await session.ask({ ask: 'info' })).facts as unknown as SessionInfo;
  const done = async (request: StudioRequest) => Response.json((await session.ask(request)).facts);

  app.get('/api/info', async () => Response.json(await info()));
  app.get('/api/recipe', () => done({ ask: 'recipe' }));
  app.get('/api/changes', async ({ req }) => changesAnswer(session, await info(), req.raw.signal));
  app.get('/api/actions', async () => Response.json({ actions: await actions() }));
  app.get('/api/openapi.json', async () => Response.json(openApi(await actions())));
  app.post('/api/undo', () => done({ ask: 'undo' }));
  app.post('/api/redo', () => done({ ask: 'redo' }));
  app.post('/api/show', async ({ req }) =>
    done({ ask: 'show', shown: shownOf(await objectOf(req.raw, MOST_MESSAGE_BYTES)) }),
  );
  app.post('/api/files', async ({ req }) => {
    const name = nameOfFile(req.query('name'));
    const bytes = await bytesOf(req.raw, mostFileBytes, 'a file');
    return done({ ask: 'open', name, bytes });
  });
  app.post('/api/actions/:id', async (context) => {
    const action = context.req.param('id');
    const known = (await actions()).map(({ id }) => id);
    if (!known.includes(action))
      throw new RefusedError(
        404,
        'action',
        `there is no action ${JSON.stringify(action)}; there are ${known.join(', ')}.`,
      );
    const parameters = await objectOf(context.req.raw, MOST_MESSAGE_BYTES);
    return callAnswer(context, session, { ask: 'call', action, parameters });
  });
  app.get('/api/media/:table/:field/:row', async ({ req }) => {
    const { table, field, row } = req.param();
    const answer = await session.ask({ ask: 'media', table, field, row: rowOf(row) });
    return new Response(answer.arrays?.['bytes']?.data as BodyInit, {
      headers: { 'content-type': String(answer.facts['type']) },
    });
  });
}

async function callAnswer(
  { req }: Context,
  session: RemoteSession,
  request: StudioRequest,
): Promise<Response> {
  const { signal } = req.raw;
  if (req.header('accept')?.includes('application/json'))
    return jsonAnswer(await session.ask(request, { signal }));
  return packetAnswer((listening) => session.ask(request, listening), signal);
}

async function pageAnswer({ pages }: StudioServer, path: string): Promise<Response> {
  const page = pages.get(path === '/' ? 'index.html' : path.slice(1));
  if (!page) throw new RefusedError(404, 'route', `there is nothing at ${path}.`);
  return new Response((await page.bytes()) as BodyInit, { headers: { 'content-type': page.type } });
}

/** The last part of the name that a file was dropped with. */
function nameOfFile(given: string | undefined): string {
  const name = given?.split(/[/\\]/).at(-1) ?? '';
  if (name !== '') return name;
  throw new RefusedError(400, 'name', 'the name of the file is missing; ask for /api/files?name=.');
}

function rowOf(given: string): number {
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw new RefusedError(400, 'row', `a row is a number from 0; got ${JSON.stringify(given)}.`);
}
