import type { CopyItem, CopyItemOptions } from './copyItems';

/**
 * What became of a request of a copy or move that got no answer: whether it took effect, told by the
 * first znode that it would have written or, without one, deleted. Undefined when nobody can tell.
 */
export async function tookEffect(
  written: readonly CopyItem[],
  gone: readonly CopyItem[],
  { from, to }: Pick<CopyItemOptions, 'from' | 'to'>,
): Promise<boolean | undefined> {
  const [first] = written;
  const at = first?.at ?? gone[0]?.znode.path;
  if (at === undefined) return false;
  try {
    await to.sync(at).catch(() => undefined);
    if (!first) return (await from.exists(at)) === undefined;
    if (!(await to.exists(at))) return false;
    const { data, stat } = await to.getData(at);
    const isOurs = stat.version === (first.left?.version ?? 0);
    return isOurs && !!first.source && Buffer.compare(data, first.source.data) === 0;
  } catch {
    return undefined;
  }
}
