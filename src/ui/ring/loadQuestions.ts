import type * as vscode from 'vscode';
import { Limiter } from '../../base/async';
import { readObject } from '../../domain/membership/json';
import type { Member } from '../../domain/membership/member';
import type { RingMembers } from '../../domain/ring/choices';
import { loadOfCsv, loadOfJson, type ObservedLoad } from '../../domain/ring/observedLoad';
import { childPath, type ZPath } from '../../domain/znode/path';
import type { ZkReader } from '../../zk/client';
import { ZkError } from '../../zk/errors';
import type { UserInput } from '../userInput';
import type { RingTexts } from './questions';

const CONCURRENCY = 8;

export interface LoadPorts {
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
  readonly texts: Pick<RingTexts, 'read'>;
  readonly clientOf: (connectionId: string) => Pick<ZkReader, 'getData'> | undefined;
}

/** Whose load is wanted. */
export interface LoadSubject {
  readonly source: RingMembers;
  readonly members: readonly Member[];
}

/** Asks where observed load is to be read, and reads it. Leaving a question throws `Cancelled`. */
export async function chooseLoad(
  from: 'csv' | 'field',
  subject: LoadSubject,
  ports: LoadPorts,
): Promise<Readonly<Record<string, number>> | undefined> {
  const { ui, l10n } = ports;
  const found =
    from === 'csv' ? await loadInFile(subject, ports) : await loadInZnodes(subject, ports);
  if (!found) return undefined;
  const { load, without } = found;
  if (Object.keys(load).length === 0) {
    throw new Error(l10n.t('No load of a server of this ring was found there.'));
  }
  if (without > 0 && from === 'field') {
    const message = l10n.t('{0} servers have no such number.', without);
    ui.notify({ severity: 'warning', message });
  }
  return load;
}

async function loadInFile(
  { members }: LoadSubject,
  { ui, l10n, texts }: LoadPorts,
): Promise<ObservedLoad | undefined> {
  const file = await ui.pickFile({
    title: l10n.t('Observed Load'),
    action: l10n.t('Use Loads'),
  });
  if (file === undefined) return undefined;
  return loadOfCsv(
    await texts.read(file),
    members.map(({ address }) => address),
  );
}

async function loadInZnodes(
  { source, members }: LoadSubject,
  { ui, l10n, clientOf }: LoadPorts,
): Promise<ObservedLoad> {
  if (!('path' in source)) throw new Error(l10n.t('These servers have no znodes.'));
  const client = clientOf(source.connection);
  if (!client) throw new Error(l10n.t('Connect to {0} first.', source.connection));
  const name = await ui.input({
    title: l10n.t('Observed Load'),
    prompt: l10n.t('The JSON field with the load, such as load or metrics.requests'),
    validate: (text) => (text.trim() === '' ? l10n.t('Name a field.') : undefined),
  });
  const limiter = new Limiter(CONCURRENCY);
  const loadOf = async (child: string): Promise<number | undefined> => {
    try {
      const { data } = await client.getData(childPath(source.path as ZPath, child));
      const json = readObject(data);
      return typeof json === 'string' ? undefined : loadOfJson(json, name.trim());
    } catch (error) {
      if (error instanceof ZkError) return undefined;
      throw error;
    }
  };
  const loads = await Promise.all(
    members.map(async ({ address, child }) => {
      const load = await limiter.run(() => loadOf(child));
      return [address, load] as const;
    }),
  );
  const known = loads.filter((entry): entry is [string, number] => entry[1] !== undefined);
  return { load: Object.fromEntries(known), without: loads.length - known.length };
}
