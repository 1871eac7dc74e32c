/** esbuild bundles the script behind `worker:` into a text, to be started from a blob. */
declare module 'worker:*' {
  export const code: string;
}
