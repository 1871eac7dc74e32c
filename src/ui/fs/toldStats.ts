/** What VS Code compares before it saves. */
export interface Told {
  readonly mtime: number;
  readonly size: number;
}

/**
 * What VS Code is told about znodes with unsaved texts: the time and size that it knows. Its own
 * check before a save would find half of the conflicts (those that change the length) and ask in
 * its own way, and the save would ask again; so all are left to the save.
 */
export class ToldStats {
  private readonly told = new Map<string, Told>();

  /** @param actual what the server says now */
  tell(uri: string, isUnsaved: boolean, actual: Told): Told {
    const told = isUnsaved ? this.told.get(uri) : undefined;
    if (!told) this.told.set(uri, actual);
    return told ?? actual;
  }

  /** The save of an unsaved text left this. */
  onSaved(uri: string, actual: Told): void {
    this.told.set(uri, actual);
  }

  forget(uri: string): void {
    this.told.delete(uri);
  }
}
