import { InputError } from '../../../core/errors.ts';
import type { QdrantAddress } from './qdrant-address.ts';
import type { QdrantClient } from './qdrant-client.ts';
import { type Collection, type FoundVector, pathOf } from './qdrant-collection.ts';
import { ID, idText, type MakePoints, POINT_ID, type Point, pointId } from './qdrant-points.ts';

/** Makes an empty collection with the settings and the payload indexes of another. */
export async function likeCollection(
  client: QdrantClient,
  made: string,
  { config, payload_schema }: Collection,
): Promise<void> {
  const { params, hnsw_config, optimizer_config, quantization_config } = config;
  const { vectors, sparse_vectors, shard_number, replication_factor, write_consistency_factor } =
    params;
  const { on_disk_payload } = params;
  const own = { vectors, sparse_vectors, shard_number, replication_factor, on_disk_payload };
  await client.ask('PUT', pathOf(made), {
    ...own,
    write_consistency_factor,
    hnsw_config,
    optimizers_config: optimizer_config,
    quantization_config,
  });
  for (const [field_name, { data_type, params: settings }] of Object.entries(payload_schema))
    await client.ask('PUT', `${pathOf(made)}/index?wait=true`, {
      field_name,
      field_schema: settings ?? data_type,
    });
}

interface Given {
  readonly collection: string;
  readonly vector: FoundVector;
}

/** The old points with other vectors, told apart by their ids; their payloads and other vectors stay as they are. */
export function givenPoints(
  client: QdrantClient,
  { name, id: wanted }: QdrantAddress,
  { collection, vector }: Given,
): MakePoints {
  return async ({ points: { data, cols }, columns = {} }, from, to) => {
    const column = wanted ?? [POINT_ID, ID].find((own) => Object.hasOwn(columns, own)) ?? ID;
    if (!Object.hasOwn(columns, column))
      throw new InputError(
        name,
        `the collection is there, and the rows that come have no column "${column}" to be told apart by: name another collection, or ?replace=true.`,
      );
    const cells = Array.from(columns[column].slice(from, to) as ArrayLike<string | number>);
    const ids = cells.map((cell) => pointId(cell) ?? unknown(name, column, cell));
    const found = (await client.ask('POST', `${pathOf(collection)}/points`, {
      ids,
      with_payload: true,
      with_vector: true,
    })) as readonly Point[];
    const byId = new Map(found.map((own) => [idText(own.id), own]));
    return ids.map((id, at) => {
      const own = byId.get(idText(id)) ?? unknown(name, column, cells[at]);
      const values = Array.from(data.subarray((from + at) * cols, (from + at + 1) * cols));
      const others = own.vector as Readonly<Record<string, unknown>> | null;
      return {
        id: own.id,
        payload: own.payload ?? {},
        vector:
          vector.called === '' ? unnamed(values, others) : { ...others, [vector.called]: values },
      };
    });
  };
}

/** A vector without a name; beside sparse ones it has the name ''. */
function unnamed(values: readonly number[], others: unknown): unknown {
  if (Array.isArray(others) || others === null || others === undefined) return values;
  return { ...others, '': values };
}

function unknown(name: string, column: string, cell: string | number): never {
  throw new InputError(
    name,
    `there is no point with the ${column} ${cell} in the collection; nothing was changed.`,
  );
}
