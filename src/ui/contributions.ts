/** Every id that `package.json` and the code share; a test compares the two. */
export const PREFIX = 'zookeeperWorkbench';
export const SCHEME = 'zk';

export const Commands = {
  connectionAdd: 'zookeeperWorkbench.connection.add',
  connectionEdit: 'zookeeperWorkbench.connection.edit',
  connectionDuplicate: 'zookeeperWorkbench.connection.duplicate',
  connectionRemove: 'zookeeperWorkbench.connection.remove',
  connectionConnect: 'zookeeperWorkbench.connection.connect',
  connectionChoose: 'zookeeperWorkbench.connection.choose',
  connectionDisconnect: 'zookeeperWorkbench.connection.disconnect',
  livePause: 'zookeeperWorkbench.live.pause',
  liveResume: 'zookeeperWorkbench.live.resume',
  treeRefresh: 'zookeeperWorkbench.tree.refresh',
  treeShowMore: 'zookeeperWorkbench.tree.showMore',
  treeFilter: 'zookeeperWorkbench.tree.filter',
  treeClearFilter: 'zookeeperWorkbench.tree.clearFilter',
  treeRetry: 'zookeeperWorkbench.tree.retry',
  znodeOpen: 'zookeeperWorkbench.znode.open',
  saveForgetChoices: 'zookeeperWorkbench.save.forgetChoices',
  znodeCompareWithServer: 'zookeeperWorkbench.znode.compareWithServer',
  znodeLoadAll: 'zookeeperWorkbench.znode.loadAll',
  znodeGoTo: 'zookeeperWorkbench.znode.goTo',
  znodeReveal: 'zookeeperWorkbench.znode.reveal',
  znodeWatchSubtree: 'zookeeperWorkbench.znode.watchSubtree',
  znodeStopWatching: 'zookeeperWorkbench.znode.stopWatching',
  znodeCopyPath: 'zookeeperWorkbench.znode.copyPath',
  znodeCopyName: 'zookeeperWorkbench.znode.copyName',
  serverAsk: 'zookeeperWorkbench.server.ask',
  showLog: 'zookeeperWorkbench.log.show',
  showWrites: 'zookeeperWorkbench.writes.show',
} as const;

export const Container = 'zookeeperWorkbench';
export const Views = { clusters: 'zookeeperWorkbench.clusters' } as const;

export const ContextKeys = {
  hasConnections: 'zookeeperWorkbench:hasConnections',
  hasSessions: 'zookeeperWorkbench:hasSessions',
} as const;

export const Settings = {
  connections: 'connections',
  pageSize: 'tree.pageSize',
  sessionTimeout: 'session.timeout',
  adminPort: 'adminServer.port',
  requestTimeout: 'session.requestTimeout',
  decoders: 'values.decoders',
} as const;
