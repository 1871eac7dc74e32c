import type { CertificateFiles } from '../../src/ui/connections/certificateFiles';

/** Files in memory, on a machine whose home is `/home/me` and whose open folder is `/work`. */
export class FakeFiles implements CertificateFiles {
  readonly contents = new Map<string, Uint8Array | string>();
  readonly folders = () => ({ home: '/home/me', workspace: '/project' });

  readonly read = (file: string): Promise<Uint8Array> => {
    const content = this.contents.get(file);
    if (content === undefined) return Promise.reject(new Error('ENOENT'));
    return Promise.resolve(Buffer.from(content));
  };
}
