/** Every id that `package.json` and the code share; a test compares the two. */
export const PREFIX = 'zookeeperWorkbench';
export const SCHEME = 'zk';
/** Of read-only views: earlier and present values, formatted ones. */
export const SNAPSHOT_SCHEME = 'zkro';

export const Commands = {
  connectionAdd: 'zookeeperWorkbench.connection.add',
  connectionEdit: 'zookeeperWorkbench.connection.edit',
  connectionDuplicate: 'zookeeperWorkbench.connection.duplicate',
  connectionRemove: 'zookeeperWorkbench.connection.remove',
  connectionConnect: 'zookeeperWorkbench.connection.connect',
  connectionChoose: 'zookeeperWorkbench.connection.choose',
  connectionDisconnect: 'zookeeperWorkbench.connection.disconnect',
  sandboxStart: 'zookeeperWorkbench.sandbox.start',
  sandboxStop: 'zookeeperWorkbench.sandbox.stop',
  sandboxReset: 'zookeeperWorkbench.sandbox.reset',
  livePause: 'zookeeperWorkbench.live.pause',
  liveResume: 'zookeeperWorkbench.live.resume',
  treeRefresh: 'zookeeperWorkbench.tree.refresh',
  treeShowMore: 'zookeeperWorkbench.tree.showMore',
  treeFilter: 'zookeeperWorkbench.tree.filter',
  treeClearFilter: 'zookeeperWorkbench.tree.clearFilter',
  treeRetry: 'zookeeperWorkbench.tree.retry',
  znodeOpen: 'zookeeperWorkbench.znode.open',
  saveForgetChoices: 'zookeeperWorkbench.save.forgetChoices',
  znodeLoadAll: 'zookeeperWorkbench.znode.loadAll',
  znodeGoTo: 'zookeeperWorkbench.znode.goTo',
  znodeReveal: 'zookeeperWorkbench.znode.reveal',
  znodeWatchSubtree: 'zookeeperWorkbench.znode.watchSubtree',
  znodeStopWatching: 'zookeeperWorkbench.znode.stopWatching',
  znodeCopyPath: 'zookeeperWorkbench.znode.copyPath',
  znodeCopyName: 'zookeeperWorkbench.znode.copyName',
  znodeShowFormatted: 'zookeeperWorkbench.znode.showFormatted',
  znodeOpenInHexEditor: 'zookeeperWorkbench.znode.openInHexEditor',
  znodeSelectForCompare: 'zookeeperWorkbench.znode.selectForCompare',
  znodeCompareWithSelected: 'zookeeperWorkbench.znode.compareWithSelected',
  znodeCompareWithServer: 'zookeeperWorkbench.znode.compareWithServer',
  znodeCompareWithEarlier: 'zookeeperWorkbench.znode.compareWithEarlier',
  znodeCompareWithFile: 'zookeeperWorkbench.znode.compareWithFile',
  znodeCompareWithConnection: 'zookeeperWorkbench.znode.compareWithConnection',
  znodeDelete: 'zookeeperWorkbench.znode.delete',
  znodeRename: 'zookeeperWorkbench.znode.rename',
  znodeMove: 'zookeeperWorkbench.znode.move',
  znodeCopy: 'zookeeperWorkbench.znode.copy',
  znodeDuplicate: 'zookeeperWorkbench.znode.duplicate',
  editResumeMove: 'zookeeperWorkbench.edit.resumeMove',
  editUndo: 'zookeeperWorkbench.edit.undo',
  editRestore: 'zookeeperWorkbench.edit.restore',
  znodeCreate: 'zookeeperWorkbench.znode.create',
  znodeAcl: 'zookeeperWorkbench.znode.acl',
  znodeQuota: 'zookeeperWorkbench.znode.quota',
  connectionWhoAmI: 'zookeeperWorkbench.connection.whoAmI',
  bookmarkAdd: 'zookeeperWorkbench.bookmark.add',
  bookmarkRemove: 'zookeeperWorkbench.bookmark.remove',
  bookmarkRename: 'zookeeperWorkbench.bookmark.rename',
  bookmarkGoTo: 'zookeeperWorkbench.bookmark.goTo',
  serverAsk: 'zookeeperWorkbench.server.ask',
  ensembleRefresh: 'zookeeperWorkbench.ensemble.refresh',
  ensembleDashboard: 'zookeeperWorkbench.ensemble.dashboard',
  ensembleCopyAddress: 'zookeeperWorkbench.ensemble.copyAddress',
  ensembleCopyPath: 'zookeeperWorkbench.ensemble.copyPath',
  ensembleCopyLine: 'zookeeperWorkbench.ensemble.copyLine',
  ensembleReveal: 'zookeeperWorkbench.ensemble.reveal',
  ensembleExplain: 'zookeeperWorkbench.ensemble.explain',
  znodeOwner: 'zookeeperWorkbench.znode.owner',
  ringShow: 'zookeeperWorkbench.ring.show',
  ringOpen: 'zookeeperWorkbench.ring.open',
  ringShowText: 'zookeeperWorkbench.ring.showText',
  ringShowPicture: 'zookeeperWorkbench.ring.showPicture',
  ringSaveAs: 'zookeeperWorkbench.ring.saveAs',
  ringSavePlacement: 'zookeeperWorkbench.ring.savePlacement',
  ringSaveMoves: 'zookeeperWorkbench.ring.saveMoves',
  ringPreviewPool: 'zookeeperWorkbench.ring.previewPool',
  ringSaveSvg: 'zookeeperWorkbench.ring.saveSvg',
  ringSavePng: 'zookeeperWorkbench.ring.savePng',
  showLog: 'zookeeperWorkbench.log.show',
  showWrites: 'zookeeperWorkbench.writes.show',
} as const;

/** Commands on a plan: each takes the URI of the plan's document, or works on the active editor. */
export const PlanCommands = {
  newEnsemble: 'zookeeperWorkbench.plan.newEnsemble',
  newCache: 'zookeeperWorkbench.plan.newCache',
  newMetadata: 'zookeeperWorkbench.plan.newMetadata',
  newQueue: 'zookeeperWorkbench.plan.newQueue',
  newDatabase: 'zookeeperWorkbench.plan.newDatabase',
  recompute: 'zookeeperWorkbench.plan.recompute',
  showReport: 'zookeeperWorkbench.plan.showReport',
  writeConfig: 'zookeeperWorkbench.plan.writeConfig',
  compare: 'zookeeperWorkbench.plan.compare',
  clearComparison: 'zookeeperWorkbench.plan.clearComparison',
  calibrate: 'zookeeperWorkbench.plan.calibrate',
  startLocal: 'zookeeperWorkbench.plan.startLocal',
} as const;

export const Container = 'zookeeperWorkbench';
export const Views = {
  clusters: 'zookeeperWorkbench.clusters',
  ensemble: 'zookeeperWorkbench.ensemble',
} as const;

/** The type of the panel with a hash ring. */
export const RING_VIEW = 'zookeeperWorkbench.ring';
/** The type of the editor of ring files. */
export const RING_EDITOR = 'zookeeperWorkbench.ringEditor';

/** The type of the panel with the report of a plan. */
export const REPORT_VIEW = 'zookeeperWorkbench.report';

/** The type of the panel with the time lines of an ensemble. */
export const DASHBOARD_VIEW = 'zookeeperWorkbench.dashboard';

export const ContextKeys = {
  hasConnections: 'zookeeperWorkbench:hasConnections',
  hasSessions: 'zookeeperWorkbench:hasSessions',
  hasSeveralSessions: 'zookeeperWorkbench:hasSeveralSessions',
  hasCompareSelection: 'zookeeperWorkbench:hasCompareSelection',
  hasSandbox: 'zookeeperWorkbench:hasSandbox',
  /** In this window, through the workbench. */
  hasWritten: 'zookeeperWorkbench:hasWritten',
  /** Whether findings of *Compare with Live Ensemble* are shown. */
  hasComparison: 'zookeeperWorkbench:hasComparison',
  hasHexEditor: 'zookeeperWorkbench:hasHexEditor',
} as const;

export const Settings = {
  connections: 'connections',
  pageSize: 'tree.pageSize',
  sessionTimeout: 'session.timeout',
  adminPort: 'adminServer.port',
  ensembleInterval: 'ensemble.interval',
  requestTimeout: 'session.requestTimeout',
  editRate: 'edit.requestsPerSecond',
  decoders: 'values.decoders',
} as const;
