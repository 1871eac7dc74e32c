import { messageOf } from '../base/assert';
import { silentLogger } from '../base/logger';
import { parsePath, type ZPath } from '../domain/znode/path';
import type { ZnodeStat } from '../domain/znode/stat';
import type { ZkClient } from '../zk/client';
import { parseConnectString } from '../zk/connectString';
import { isExposed, linkOptions, TLS_ARGUMENTS } from '../zk/linkOptions';
import { createNodeClient } from '../zk/nodeClient';
import { Subtree, type SubtreeEvent } from '../zk/subtree';
import { walk } from '../zk/walk';
import { ZnodeModel } from '../zk/znodeModel';
import { FAILED, readArguments, UsageError, type CommandGroup } from './command';
import { complain, print } from './output';

const options = { timeout: { type: 'string', default: '10' }, ...TLS_ARGUMENTS } as const;

/** `zkw walk` and `zkw watch`: a subtree of a live ensemble. */
export const treeCommands: CommandGroup = {
  names: ['walk', 'watch'],
  usage: `\
  zkw walk  <connect-string> <path>   print path, version, data length and child count of every
                                      znode of the subtree, separated by tabs
  zkw watch <connect-string> <path>   print the subtree and then every change, one JSON object a
                                      line with "type" and "path", until interrupted
`,
  options,
  optionHelp: `\
  --timeout <seconds>     how long to wait for a connection and for each answer (default 10)
  --tls                   speak TLS; each of the following options implies it
  --ca <file>             PEM file of the authorities to trust, instead of the usual ones
  --cert <file>           certificate of this client in PEM
  --key <file>            its private key in PEM, unless it is in the certificate's file
  --pfx <file>            certificate and key of this client in PKCS#12
  --insecure-server-name  accept a certificate that does not name the host
`,
  environment: `\
  ZKW_AUTH                digest credentials as user:password; several on a line each
  ZKW_SASL                user:password for SASL DIGEST-MD5; Kerberos is not supported
  ZKW_PASSPHRASE          passphrase of the private key or the PKCS#12 file
`,
  run,
};

async function run(argv: string[]): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const [command = '', connectString, pathText, ...rest] = positionals;
  if (connectString === undefined || pathText === undefined || rest.length > 0) {
    throw new UsageError(`${command} takes a connect string and a path`);
  }
  const address = parseConnectString(connectString);
  if ('kind' in address) {
    throw new UsageError(`${connectString} is no connect string such as host:2181/chroot`);
  }
  const path = parsePath(pathText);
  if (path === undefined) throw new UsageError(`${pathText} is no znode path such as /a/b`);
  const timeout = Number(values.timeout);
  if (!(timeout > 0)) throw new UsageError('--timeout takes a number of seconds');

  const link = linkOptions(values, process.env);
  if (typeof link === 'string') throw new UsageError(link);
  if (isExposed(link, address)) complain('warning: credentials are used without TLS');
  const client = createNodeClient({ connectString, requestTimeoutMs: timeout * 1000, ...link });
  try {
    await client.connect();
  } catch (error) {
    await client.close();
    throw new Error(`cannot connect to ${connectString}: ${messageOf(error)}`, { cause: error });
  }
  try {
    return command === 'walk' ? await printWalk(client, path) : await printChanges(client, path);
  } finally {
    await client.close();
  }
}

/** In place of what may not be seen. */
const HIDDEN = { version: '-', dataLength: '-', numChildren: '-' } as const;

async function printWalk(client: ZkClient, start: ZPath): Promise<number> {
  let result = 0;
  for await (const { path, stat, error } of walk(client, start)) {
    const { version, dataLength, numChildren } = stat ?? HIDDEN;
    await print(`${path}\t${version}\t${dataLength}\t${numChildren}\n`);
    if (error) {
      complain(`${path}: its children may not be listed (${error.code})`);
      result = FAILED;
    }
  }
  return result;
}

/** Runs until interrupted, or until the session can't be kept. */
async function printChanges(client: ZkClient, path: ZPath): Promise<number> {
  const model = new ZnodeModel(client, silentLogger, { eventRate: Infinity, concurrency: 64 });
  try {
    return await new Promise<number>((resolve, reject) => {
      const show = (event: SubtreeEvent): void => void print(`${JSON.stringify(toJson(event))}\n`);
      const subtree = new Subtree(model, path, show);
      client.onDidChangeState((state) => {
        if (state.kind === 'authFailed') reject(new Error('the server refused the credentials'));
        else if (state.kind === 'suspended')
          complain(`connection lost, ${state.cause ?? 'reconnecting'}`);
        else if (state.kind === 'expired') complain('session expired, opening a new one');
      });
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(0));
      process.stdout.once('error', () => resolve(0));
      subtree
        .start()
        .then(() => void print(`${JSON.stringify({ type: 'watching', path })}\n`), reject);
    });
  } finally {
    model.dispose();
  }
}

function toJson({ type, path, stat, error }: SubtreeEvent): object {
  return { type, path, ...(stat ? statJson(stat) : {}), ...(error ? { error: error.code } : {}) };
}

function statJson(stat: ZnodeStat): object {
  const { version, dataLength, numChildren, ephemeralOwner, mzxid } = stat;
  const owner = ephemeralOwner === 0n ? {} : { ephemeralOwner: hex(ephemeralOwner) };
  return { version, dataLength, numChildren, mzxid: hex(mzxid), ...owner };
}

function hex(id: bigint): string {
  return `0x${BigInt.asUintN(64, id).toString(16)}`;
}
