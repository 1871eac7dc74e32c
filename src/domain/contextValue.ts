/**
 * The `contextValue` of a tree item: the noun and the flags that are true, in alphabetical order, for
 * example `znode+ephemeral+readonly`. Menus match it with `viewItem =~ /^znode\b(?=.*\+ephemeral\b)/`.
 */
export function contextValue(noun: string, flags: Readonly<Record<string, boolean>> = {}): string {
  const set = Object.keys(flags).filter((flag) => flags[flag]);
  return [noun, ...set.sort()].join('+');
}
