"""Walks a tree with kazoo as walkWorker.ts does: arguments are address and concurrency."""

import json
import resource
import sys
import threading
import time

from kazoo.client import KazooClient


def main(address, concurrency):
    client = KazooClient(hosts=address, timeout=30)
    client.start()
    start, cpu = time.monotonic(), time.process_time()
    seen, waiting, lock, done = {}, ['/'], threading.Lock(), threading.Event()
    state = {'running': 0}

    def launch():
        while state['running'] < concurrency and waiting:
            path = waiting.pop()
            state['running'] += 1
            parts = {}
            for kind, result in (('data', client.get_async(path)),
                                 ('children', client.get_children_async(path))):
                result.rawlink(lambda answer, kind=kind: arrived(path_of[answer], kind, answer))
                path_of[result] = (path, parts)
        if not state['running']:
            done.set()

    path_of = {}

    def arrived(where, kind, answer):
        path, parts = where
        with lock:
            path_of.pop(answer, None)
            parts[kind] = answer.get()
            if len(parts) < 2:
                return
            seen[path] = parts['data']
            base = '' if path == '/' else path
            waiting.extend('%s/%s' % (base, name) for name in parts['children'])
            state['running'] -= 1
            launch()

    with lock:
        launch()
    done.wait()
    print(json.dumps({
        'znodes': len(seen),
        'wallS': time.monotonic() - start,
        'cpuS': time.process_time() - cpu,
        'peakMB': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }))
    client.stop()


main(sys.argv[1], int(sys.argv[2]))
