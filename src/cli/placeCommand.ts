import type { KeyEncoding } from '../domain/placement/keyText';
import type { Explanation, Placement } from '../domain/placement/types';
import { bytesOfKey, readKeys } from './keys';
import { ByteWriter, write } from './output';

/** Prints every key as it came, a tab and its owner. */
export async function placeKeys(
  placement: Placement,
  path: string,
  encoding: KeyEncoding,
): Promise<number> {
  const out = new ByteWriter();
  const endings = placement.servers.map(({ address }) => Buffer.from(`\t${address}\n`));
  try {
    await readKeys(path, encoding, {
      onKey: (line, key) => {
        out.append(line);
        const ending = endings[placement.ownerOf(key)];
        // Without an owner the answer is a slot, partition, shard or token.
        out.append(ending ?? Buffer.from(`\t${placement.answerOf(key)}\n`));
      },
      afterChunk: () => out.flush(),
    });
  } finally {
    // Also the keys before one that can't be read.
    await out.flush();
  }
  return 0;
}

/** Prints why a key has its owner. */
export async function explainKey(
  placement: Placement,
  key: string,
  encoding: KeyEncoding,
  json: boolean,
): Promise<number> {
  const explanation = placement.explain(bytesOfKey(key, encoding));
  const text = json
    ? JSON.stringify(explanation, null, 2)
    : linesOf(explanation, placement).join('\n');
  await write(`${text}\n`);
  return 0;
}

function linesOf(explanation: Explanation, { servers }: Placement): string[] {
  const { keyHex, hashedHex, hashName, hashHex, pointHex, virtualNode, cell } = explanation;
  const next = explanation.fallbacks.map((index) => servers[index]?.address ?? '').join(', ');
  const rows: [string, string | number | undefined][] = [
    ['key', keyHex],
    ['hashed part', hashedHex],
    ['hash', `${hashName} ${hashHex}`],
    ['point', pointHex],
    ['virtual node', virtualNode],
    ['cell', cell],
    ['owner', explanation.answer],
    ['next', next === '' ? undefined : next],
  ];
  return [
    explanation.sentence,
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name}\t${value}`])),
  ];
}
