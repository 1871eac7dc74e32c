import { fileURLToPath } from 'node:url';
import { compileC } from './compile';
import { askLineProgram } from './lineProgram';
import type { OracleCase } from './oracle';
import { withDirectory } from './temporary';

type Ask = (keys: readonly Uint8Array[], cases: readonly OracleCase[]) => Promise<string[][]>;

/** Cases: see libmemcached.c. */
export const askLibmemcached: Ask = (keys, cases) =>
  withDirectory(async (directory) => {
    const libraries = ['memcached', 'hashkit'];
    return askLineProgram([await compileC('libmemcached', directory, libraries)], keys, cases);
  });

/** Cases: see librdkafka.c. */
export const askLibrdkafka: Ask = (keys, cases) =>
  withDirectory(async (directory) =>
    askLineProgram([await compileC('librdkafka', directory, ['rdkafka'])], keys, cases),
  );

const JARS = ['/usr/share/java/spymemcached.jar', '/usr/share/java/guava.jar'];

/** Cases: see Jvm.java. */
export const askJvm: Ask = (keys, cases) => {
  const flags = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', JARS.join(':')];
  return askLineProgram(['java', ...flags, beside('Jvm.java')], keys, cases);
};

/** Cases: see peers.py. Debian's own Python: another one does not see Debian's packages. */
export const askPython: Ask = (keys, cases) =>
  askLineProgram(['/usr/bin/python3', '-I', beside('peers.py')], keys, cases);

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
