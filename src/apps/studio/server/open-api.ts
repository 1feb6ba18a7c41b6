import { VERSION } from '../../../core/version.ts';
import type { ActionDescription } from '../hosting/described.ts';
import { LINES_TYPE, PACKETS_TYPE } from './answers.ts';

type Json = Readonly<Record<string, unknown>>;

/** A route besides the actions. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly parameters?: readonly Json[];
  readonly body?: Json;
  /** What comes with status 200. */
  readonly answers: Json;
}

const object: Json = { type: 'object' };
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const text = (name: string, where: 'path' | 'query', description: string): Json => ({
  name,
  in: where,
  required: true,
  description,
  schema: { type: 'string' },
});

/** Every route that is not an action. */
export const routes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/info',
    summary: 'Tables, fields, maps, selections and steps of the session.',
    answers: json(object),
  },
  {
    method: 'get',
    path: '/api/changes',
    summary: 'The same now and after each change, a line each, until the reader goes.',
    answers: { [LINES_TYPE]: { schema: object } },
  },
  {
    method: 'get',
    path: '/api/recipe',
    summary: 'The files and the steps that lead here, for tammes studio replay.',
    answers: json(object),
  },
  {
    method: 'get',
    path: '/api/actions',
    summary: 'Every action with its parameters, as JSON Schema.',
    answers: json(object),
  },
  {
    method: 'post',
    path: '/api/undo',
    summary: 'Goes back to before the last change.',
    answers: json(object),
  },
  {
    method: 'post',
    path: '/api/redo',
    summary: 'Does again what was undone.',
    answers: json(object),
  },
  {
    method: 'post',
    path: '/api/show',
    summary: 'Says what the page shows: a map, the field of its colors, a camera.',
    body: json({
      type: 'object',
      required: ['map', 'camera'],
      properties: { map: { type: 'string' }, color: { type: 'string' }, camera: object },
    }),
    answers: json(object),
  },
  {
    method: 'post',
    path: '/api/files',
    summary: 'Opens a file of vectors, whose bytes are the body, as a table of its own.',
    parameters: [text('name', 'query', 'Name of the file.')],
    body: { 'application/octet-stream': { schema: {} } },
    answers: json({
      type: 'object',
      required: ['table'],
      properties: { table: { type: 'string', description: 'Id of the table.' } },
    }),
  },
  {
    method: 'get',
    path: '/api/media/{table}/{field}/{row}',
    summary: 'The picture or sound that a row names by its path.',
    parameters: [
      text('table', 'path', 'Id of the table.'),
      text('field', 'path', 'Id of the field.'),
      text('row', 'path', 'Number of the row, from 0.'),
    ],
    answers: { 'image/*': { schema: {} }, 'audio/*': { schema: {} } },
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description.',
    answers: json(object),
  },
];

/** The API as OpenAPI 3.1, out of the actions and the routes. */
export function openApi(actions: readonly ActionDescription[]): Json {
  const operations = [...routes.map(operationOfRoute), ...actions.map(operationOfAction)];
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tammes studio',
      version: VERSION,
      description: 'The open session of tammes studio, on this machine alone.',
    },
    security: [{ token: [] }],
    paths: Object.fromEntries(
      operations.map(({ path, method, operation }) => [path, { [method]: operation }]),
    ),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Answer: ANSWER, Error: ERROR },
      responses: {
        Error: {
          description: 'What could not be done, in one sentence.',
          content: json({ $ref: '#/components/schemas/Error' }),
        },
      },
    },
  };
}

const ANSWER: Json = {
  type: 'object',
  required: ['facts'],
  properties: {
    facts: object,
    arrays: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['shape', 'values'],
        properties: {
          shape: { type: 'array', items: { type: 'integer' } },
          values: { type: 'array', items: { type: ['number', 'string', 'null'] } },
        },
      },
    },
  },
};

const ERROR: Json = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'sentence'],
      properties: { code: { type: 'string' }, sentence: { type: 'string' } },
    },
  },
};

const responsesOf = (content: Json): Json => ({
  200: { description: 'Done.', content },
  default: { $ref: '#/components/responses/Error' },
});

function operationOfRoute({ method, path, summary, parameters, body, answers }: Route) {
  const operation: Json = {
    operationId: path.replace('/api/', '').replace(/\/\{.*|\.json$/g, ''),
    summary,
    ...(parameters && { parameters }),
    ...(body && { requestBody: { required: true, content: body } }),
    responses: responsesOf(answers),
  };
  return { path, method, operation };
}

function operationOfAction({ id, summary, parameters }: ActionDescription) {
  const operation: Json = {
    operationId: `action-${id}`,
    summary,
    requestBody: { required: false, content: json(parameters) },
    responses: responsesOf({
      ...json({ $ref: '#/components/schemas/Answer' }),
      [PACKETS_TYPE]: { schema: { type: 'string', contentEncoding: 'binary' } },
    }),
  };
  return { path: `/api/actions/${id}`, method: 'post', operation };
}
