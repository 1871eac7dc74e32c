"""kazoo's recipes on a server: a lock, an election, two queues and a party.

`recipes.py <host:port>` prints one JSON object: what each recipe did, in terms that do not depend on
chance.
"""

import json
import sys
import threading
import time

from kazoo.client import KazooClient

MEMBERS = 4
ROUNDS = 5
LIMIT = 20


def in_threads(work):
    threads = [threading.Thread(target=work, args=(n,)) for n in range(MEMBERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(LIMIT)
    if any(one.is_alive() for one in threads):
        raise TimeoutError(work.__name__)


def lock(clients):
    """Adds to a znode without versions: only exclusion keeps the sum right."""
    clients[0].create('/sum', b'0', makepath=True)

    def add(n):
        for _ in range(ROUNDS):
            with clients[n].Lock('/lock', 'member-%d' % n):
                value = int(clients[n].get('/sum')[0])
                clients[n].set('/sum', b'%d' % (value + 1))

    in_threads(add)
    return {'sum': int(clients[0].get('/sum')[0]), 'waiting': clients[0].get_children('/lock')}


def election(clients):
    """Everybody leads once, one at a time."""
    leading, most, leaders = [], [], []

    def lead(n):
        leading.append(n)
        most.append(len(leading))
        leaders.append(n)
        time.sleep(0.01)
        leading.remove(n)

    in_threads(lambda n: clients[n].Election('/election', 'member-%d' % n).run(lead, n))
    return {'leaders': sorted(leaders), 'at once': max(most)}


def queue(clients):
    source = clients[0].Queue('/queue')
    for n in range(10):
        source.put(b'%d' % n, priority=50 if n % 2 else 100)
    taken = [int(clients[1].Queue('/queue').get()) for _ in range(10)]
    return {'taken': taken, 'left': len(source)}


def locking_queue(clients):
    clients[0].LockingQueue('/locking').put_all([b'%d' % n for n in range(MEMBERS * ROUNDS)])
    taken = []

    def take(n):
        own = clients[n].LockingQueue('/locking')
        for _ in range(ROUNDS):
            taken.append(int(own.get(LIMIT)))
            own.consume()

    in_threads(take)
    return {'taken': sorted(taken), 'left': len(clients[0].LockingQueue('/locking'))}


def party(clients):
    parties = [client.Party('/party', 'member-%d' % n) for n, client in enumerate(clients)]
    for one in parties:
        one.join()
    joined = sorted(parties[0])
    parties[1].leave()
    clients[2].stop()
    after = sorted(parties[0])
    clients[2].start()
    return {'joined': joined, 'after': after}


def main():
    clients = [KazooClient(sys.argv[1]) for _ in range(MEMBERS)]
    for client in clients:
        client.start()
    done = {work.__name__: work(clients) for work in (lock, election, queue, locking_queue, party)}
    for client in clients:
        client.stop()
    print(json.dumps(done))


main()
