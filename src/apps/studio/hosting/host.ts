import { InputError } from '../../../core/errors.ts';
import type { Answer } from '../contract.ts';
import type { Session, SessionRun } from '../session/session.ts';
import type { StudioTable } from '../session/state.ts';
import { namedBytes, openedTable } from '../session/table.ts';
import { describedActions } from './described.ts';
import type { StudioRequest } from './requests.ts';

/** What a session can't do by itself: it depends on where it runs. */
export interface Surroundings {
  /** The picture or sound that a row names by its path. */
  readonly media: (table: StudioTable, path: string) => Promise<Media>;
}

export interface Media {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const NOTHING: Answer = { facts: {} };

/** Answers a request to the session that runs here. */
export async function answered(
  session: Session,
  surroundings: Surroundings,
  request: StudioRequest,
  run: SessionRun = {},
): Promise<Answer> {
  switch (request.ask) {
    case 'info':
      return { facts: { ...session.info } };
    case 'recipe':
      return { facts: { ...session.recipe() } };
    case 'actions':
      return { facts: { actions: describedActions() } };
    case 'undo':
      session.undo();
      return NOTHING;
    case 'redo':
      session.redo();
      return NOTHING;
    case 'show':
      session.show(request.shown);
      return NOTHING;
    case 'call':
      return session.do(request.action, request.parameters, run);
    case 'open': {
      const { name, bytes } = request;
      const file = bytes instanceof Blob ? new File([bytes], name) : namedBytes(bytes, name);
      const { id } = await session.open((own) => openedTable(own, file), run.signal);
      return { facts: { table: id } };
    }
    case 'media':
      return mediaOf(session, surroundings, request);
    default:
      throw new InputError('studio', 'this is nothing that can be asked.');
  }
}

async function mediaOf(
  { state }: Session,
  { media }: Surroundings,
  { table: id, field, row }: StudioRequest & { ask: 'media' },
): Promise<Answer> {
  const table = state.tables.get(id);
  if (!table) throw new InputError('media', `there is no table ${JSON.stringify(id)}.`);
  const values = table.fields.get(field)?.values;
  if (values === undefined || values instanceof Float64Array)
    throw new InputError('media', `the table ${id} has no paths in ${JSON.stringify(field)}.`);
  const path = values[row];
  if (path === undefined)
    throw new InputError('media', `the table ${id} has ${values.length} rows; got row ${row}.`);
  const { type, bytes } = await media(table, path);
  return { facts: { type }, arrays: { bytes: { data: bytes, shape: [bytes.length] } } };
}
