import type { ZnodeStat } from '../domain/znode/stat';
import type { JuteWriter } from '../zk/engine/juteWriter';

/** `org.apache.zookeeper.data.Stat`, the reverse of `readStat`. */
export function writeStat(w: JuteWriter, stat: ZnodeStat): void {
  w.long(stat.czxid);
  w.long(stat.mzxid);
  w.long(BigInt(stat.ctime));
  w.long(BigInt(stat.mtime));
  w.int(stat.version);
  w.int(stat.cversion);
  w.int(stat.aversion);
  w.long(stat.ephemeralOwner);
  w.int(stat.dataLength);
  w.int(stat.numChildren);
  w.long(stat.pzxid);
}

export function writeStrings(w: JuteWriter, texts: Iterable<string>): void {
  w.vector([...texts], (text) => w.string(text));
}
