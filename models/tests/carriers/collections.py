import collections
import copy
import itertools


def lists():
    names = []
    names.append(source())
    # ruleid: carriers
    sink(names)
    # ruleid: carriers
    sink(sorted(names))
    # ruleid: carriers
    sink(copy.copy(names))
    # ruleid: carriers
    sink(list(itertools.chain(["a"], names)))
    # ruleid: carriers
    sink(names.pop())


def tables(others):
    table = {}
    table.update(name=source())
    # ruleid: carriers
    sink(table.get("name"))
    # ruleid: carriers
    sink(others.get("name", source()))
    # ok: carriers
    sink(others.get(source()))
    # ruleid: carriers
    sink(dict(name=source()))


def queues():
    queue = collections.deque()
    queue.appendleft(source())
    # ruleid: carriers
    sink(queue.popleft())
