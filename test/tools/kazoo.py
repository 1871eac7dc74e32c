"""A ZooKeeper client for tests that shares no code with the extension.

Reads one JSON request a line, {"id", "method", "args"}, and answers each with one line,
{"id", "result"} or {"id", "error": {"name", "message"}}. Requests run one after the other. What
JSON has no type for travels as {"$bytes": base64} and {"$int": "digits"}. It ends, closing its
session, when its standard input does.
"""

import base64
import json
import sys

from kazoo.client import KazooClient
from kazoo.exceptions import NoNodeError, NotEmptyError
from kazoo.security import (ACL, CREATOR_ALL_ACL, OPEN_ACL_UNSAFE, READ_ACL_UNSAFE, Id,
                            Permissions)

NAMED_ACLS = {'open': OPEN_ACL_UNSAFE, 'creator': CREATOR_ALL_ACL, 'read': READ_ACL_UNSAFE}
LETTERS = {'c': Permissions.CREATE, 'd': Permissions.DELETE, 'r': Permissions.READ,
           'w': Permissions.WRITE, 'a': Permissions.ADMIN}
SAFE_INT = 2 ** 53
# Enough requests on their way to keep the server busy, few enough to keep memory flat.
WINDOW = 1000


def decode(value):
    if isinstance(value, dict):
        if '$bytes' in value:
            return base64.b64decode(value['$bytes'])
        if '$int' in value:
            return int(value['$int'])
        return {key: decode(one) for key, one in value.items()}
    return [decode(one) for one in value] if isinstance(value, list) else value


def encode(value):
    if isinstance(value, bytes):
        return {'$bytes': base64.b64encode(value).decode()}
    if isinstance(value, ACL):
        perms = ''.join(letter for letter, bit in LETTERS.items() if value.perms & bit)
        return {'scheme': value.id.scheme, 'id': value.id.id, 'perms': perms}
    if isinstance(value, int) and abs(value) >= SAFE_INT:
        return {'$int': str(value)}
    if hasattr(value, '_asdict'):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: encode(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [encode(one) for one in value]
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return str(value)


def acl_of(spec):
    if spec is None or isinstance(spec, str):
        return NAMED_ACLS[spec] if spec else None
    return [ACL(sum(LETTERS[letter] for letter in one['perms']), Id(one['scheme'], one['id']))
            for one in spec]


class Session:
    """The methods a test can call; any other name is a method of KazooClient itself."""

    def __init__(self, hosts, timeout, auth, read_only):
        # kazoo shares the session timeout between its hosts, and waits its share for the answer to
        # its greeting. A server that was just started anew may never give one (3.8.0, one of 400
        # times), after which the session must not be over.
        servers, slash, chroot = hosts.partition('/')
        if ',' not in servers:
            servers = ','.join([servers] * 3)
        self.client = KazooClient(hosts=servers + slash + chroot, timeout=timeout, read_only=read_only,
                                  auth_data=[tuple(one) for one in auth])
        self.events = []
        self.client.start(timeout=15)

    def create(self, path, data, acl, **options):
        return self.client.create(path, data, acl=acl_of(acl), **options)

    def create_many(self, prefix, count, data):
        for start in range(0, count, WINDOW):
            numbers = range(start, min(start + WINDOW, count))
            pending = [self.client.create_async('%s%06d' % (prefix, n), data) for n in numbers]
            for one in pending:
                one.get()

    def delete(self, path, version, recursive):
        if recursive:
            self.delete_tree(path)
        else:
            self.client.delete(path, version=version)

    def delete_tree(self, path):
        """Like kazoo's own, but not one request at a time; what is gone already is no error."""
        try:
            children = self.client.get_children(path)
        except NoNodeError:
            return
        base = path.rstrip('/')
        for start in range(0, len(children), WINDOW):
            paths = ['%s/%s' % (base, name) for name in children[start:start + WINDOW]]
            pending = [(one, self.client.delete_async(one)) for one in paths]
            for one, result in pending:
                try:
                    result.get()
                except NotEmptyError:
                    self.delete_tree(one)
                except NoNodeError:
                    pass
        self.client.delete(path)

    def set_acls(self, path, acl, version):
        return self.client.set_acls(path, acl_of(acl), version=version)

    def call(self, method, positional, named):
        return getattr(self.client, method)(*positional, **named)

    def session_id(self):
        # A decimal string keeps all 64 bits in every case.
        return str(self.client.client_id[0])

    def watch(self, path):
        """Notes one-shot data and child events of a path, for `take_events`."""
        note = lambda event: self.events.append({'type': event.type, 'path': event.path})
        self.client.exists(path, watch=note)
        if self.client.exists(path):
            self.client.get_children(path, watch=note)

    def take_events(self):
        taken, self.events = self.events, []
        return taken

    def close(self):
        self.client.stop()
        self.client.close()


def main():
    session = None
    for line in sys.stdin:
        request = json.loads(line)
        answer = {'id': request['id']}
        try:
            args = decode(request['args'])
            if request['method'] == 'connect':
                session = Session(**args)
                result = None
            elif hasattr(Session, request['method']):
                result = getattr(session, request['method'])(**args)
            else:
                result = getattr(session.client, request['method'])(**args)
            answer['result'] = encode(result)
        except Exception as error:  # every failure is the caller's to see
            answer['error'] = {'name': type(error).__name__, 'message': str(error)}
        print(json.dumps(answer), flush=True)
    if session:
        session.close()


main()
