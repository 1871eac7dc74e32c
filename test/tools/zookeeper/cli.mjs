// @ts-check
import { startEnsemble, startStandalone } from './server.mjs';

/**
 * `node test/tools/zookeeper/cli.mjs standalone|ensemble` starts throw-away servers for a developer
 * and keeps them until Ctrl-C. If this process dies otherwise, their guards end them.
 */
const starters = {
  standalone: () => startStandalone({ tickTime: 2000 }),
  ensemble: () => startEnsemble(3, { tickTime: 2000 }),
};

const kind = process.argv[2] ?? 'standalone';
if (kind !== 'standalone' && kind !== 'ensemble') {
  console.error('Usage: cli.mjs standalone|ensemble');
  process.exit(2);
}

const running = await starters[kind]();
console.log(running.connectString);
const keepAlive = setInterval(() => {}, 60_000);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    clearInterval(keepAlive);
    void running.stop();
  });
}
