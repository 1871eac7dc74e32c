import { listFile } from '../../../domain/config/serverList';

/**
 * The text of a `zoo.cfg` with its dynamic file after it, where servers stand since ZooKeeper 3.5.
 * `dynamicConfigFile` is a path of the server's machine: the file of that name beside it is read.
 * `missing` is that name when there is nothing to read.
 */
export async function wholeZooCfg(
  text: string,
  readBeside: (name: string) => Promise<string | undefined>,
): Promise<{ readonly text: string; readonly missing?: string }> {
  const name = listFile(text);
  if (name === undefined || name === '') return { text };
  const dynamic = await readBeside(name);
  return dynamic === undefined ? { text, missing: name } : { text: `${text}\n${dynamic}` };
}
