import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A record of a transaction log as it lies in the file. */
export interface LogRecord {
  /** ZooKeeper's OpCode: 1 create, 5 setData, -10 createSession and so on. */
  readonly type: number;
  readonly bytes: number;
}

const FILE_HEADER = 16;
/** Checksum and length before the transaction, a mark after it. */
const FRAME = 8 + 4 + 1;
const TYPE_AT = 8 + 4 + 28;

/** The records of a transaction log, up to its padding of zeros. */
export async function logRecords(file: string): Promise<LogRecord[]> {
  const bytes = await readFile(file);
  if (bytes.toString('latin1', 0, 4) !== 'ZKLG') throw new Error(`${file} is no log`);
  const records: LogRecord[] = [];
  for (let at = FILE_HEADER; at + FRAME < bytes.length;) {
    const length = bytes.readInt32BE(at + 8);
    if (length === 0) break;
    records.push({ type: bytes.readInt32BE(at + TYPE_AT), bytes: length + FRAME });
    at += length + FRAME;
    if (bytes[at - 1] !== 0x42) throw new Error(`the record before ${at} does not end with B`);
  }
  return records;
}

/** The files of a data directory that start with a prefix, the latest transaction last. */
export async function serverFiles(dataDir: string, prefix: 'log' | 'snapshot'): Promise<string[]> {
  const directory = join(dataDir, 'version-2');
  const zxid = (name: string): number => parseInt(name.split('.')[1] ?? '', 16);
  const names = (await readdir(directory)).filter((name) => name.startsWith(`${prefix}.`));
  return names.sort((a, b) => zxid(a) - zxid(b)).map((name) => join(directory, name));
}

export async function fileSize(file: string): Promise<number> {
  return (await stat(file)).size;
}
