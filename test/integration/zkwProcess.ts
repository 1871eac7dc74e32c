import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `zkw` to its end. */
export function zkw(args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 64 << 20 };
    const child = execFile(process.execPath, [program, ...args], options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}

/** What `zkw` prints into a pipe that nobody reads for three seconds. */
export async function zkwReadLate(args: readonly string[]): Promise<string> {
  const script = '"$0" "$@" | (sleep 3; cat)';
  const shell = ['-c', script, process.execPath, program, ...args];
  return (await promisify(execFile)('sh', shell)).stdout;
}

/** The lines of `zkw walk` by path. */
export async function walked(connectString: string, path: string): Promise<Map<string, string>> {
  const { code, stdout, stderr } = await zkw(['walk', connectString, path]);
  if (code !== 0) throw new Error(stderr);
  const lines = stdout.split('\n').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('\t')), line]));
}

interface Line {
  readonly type: string;
  readonly path: string;
  readonly version?: number;
  readonly dataLength?: number;
  readonly numChildren?: number;
}

/** `zkw watch`, with what a reader of its lines knows. */
export class WatchProcess {
  readonly lines: Line[] = [];
  /** In the form of the lines of `zkw walk`, by path. */
  readonly known = new Map<string, string>();
  stderr = '';
  private readonly child: ChildProcess;

  constructor(connectString: string, path: string) {
    this.child = spawn(process.execPath, [program, 'watch', connectString, path]);
    if (!this.child.stdout) throw new Error('no pipe');
    createInterface(this.child.stdout).on('line', (text) => this.take(JSON.parse(text) as Line));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  get isWatching(): boolean {
    return this.lines.some(({ type }) => type === 'watching');
  }

  /** Ends it as Ctrl-C does; its exit code. */
  async stop(): Promise<number> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    this.child.kill('SIGINT');
    const [code] = (await once(this.child, 'close')) as [number];
    return code;
  }

  private take(line: Line): void {
    this.lines.push(line);
    const { type, path, version, dataLength, numChildren } = line;
    if (type === 'deleted') this.known.delete(path);
    else if (version !== undefined) {
      this.known.set(path, [path, version, dataLength, numChildren].join('\t'));
    }
  }
}
