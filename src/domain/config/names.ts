/** A name for Kubernetes objects, compose projects and units: RFC 1123, short enough for suffixes. */
const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

export const isName = (text: string): boolean => NAME.test(text);

/** A name made of any text, `zookeeper` when nothing is left of it. */
export function nameFrom(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return isName(name) ? name : 'zookeeper';
}
