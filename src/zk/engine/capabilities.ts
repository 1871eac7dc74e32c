/**
 * What servers don't know, learnt from their UNIMPLEMENTED answers. A server may close the
 * connection with that answer, which costs everybody's requests, so it is asked only once.
 */
export class Capabilities {
  private readonly missing = new Map<string, Set<number>>();

  lacks(server: string, opCode: number): boolean {
    return this.missing.get(server)?.has(opCode) === true;
  }

  note(server: string, opCode: number): void {
    const known = this.missing.get(server);
    if (known) known.add(opCode);
    else this.missing.set(server, new Set([opCode]));
  }
}
