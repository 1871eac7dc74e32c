"""The program side of lineProgram.ts for Python libraries.

Cases: `uhashring <ketama|default>`, `cassandra`, `kafka-murmur2`, `kafka <partitions>`.
"""

import sys

from cassandra.metadata import Murmur3Token
from kafka.partitioner.default import DefaultPartitioner, murmur2
from uhashring import HashRing


def uhashring(kind, servers):
    nodes = {name: {'weight': int(weight)} for name, _host, _port, weight in servers}
    order = {name: index for index, name in enumerate(nodes)}
    ring = HashRing(nodes, **({'hash_fn': 'ketama'} if kind == 'ketama' else {}))
    return lambda key: order[ring.get_node(key.decode())]


def program(name, *settings, servers):
    if name == 'uhashring':
        return uhashring(*settings, servers)
    if name == 'cassandra':
        return Murmur3Token.hash_fn
    if name == 'kafka-murmur2':
        return murmur2
    if name == 'kafka':
        partitions = list(range(int(settings[0])))
        partitioner = DefaultPartitioner()
        return lambda key: partitioner(key, partitions, partitions)
    raise ValueError(name)


def main():
    keys, servers, settings = [], [], []
    for line in sys.stdin:
        word, *rest = line.rstrip('\n').split(' ')
        if word == 'key':
            keys.append(bytes.fromhex(rest[0]))
        elif word == 'case':
            settings, servers = rest, []
        elif word == 'server':
            servers.append(rest)
        elif word == 'run':
            answer = program(*settings, servers=servers)
            print(*map(answer, keys))
        else:
            raise ValueError(line)


main()
