import type { Database } from './database';
import { Resident } from './resident';
import { startChurn, type Churn } from './sample/churn';
import { loadSample } from './sample/load';

/**
 * What is in a sandbox: nothing; the sample with members that stay; or the sample with members that
 * come and go, locks that are passed on and configs that change.
 */
export type Content = 'empty' | 'sample' | 'churn';

/** Fills a sandbox and lets the programs of the sample live in it. */
export class Contents {
  private members: Churn | undefined;

  constructor(private readonly db: Database) {}

  async fill(content: Content): Promise<void> {
    if (content === 'empty') return;
    const loader = new Resident(this.db);
    await loader.connect();
    await loadSample(loader);
    await loader.close();
    this.members = await startChurn(() => new Resident(this.db), { still: content === 'sample' });
  }

  /** Everything goes, what others have made too; their sessions and watches stay. */
  async reset(content: Content): Promise<void> {
    await this.members?.stop();
    this.members = undefined;
    this.db.clear();
    await this.fill(content);
  }
}
