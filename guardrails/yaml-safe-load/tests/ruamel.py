from ruamel.yaml import YAML
from ruamel.yaml import YAML as Reader
import ruamel.yaml


def read(path):
    # ruleid: yaml-safe-load-ruamel
    return YAML(typ="unsafe").load(path)


def read_renamed(path):
    # ruleid: yaml-safe-load-ruamel
    reader = Reader(typ="unsafe", pure=True)
    return reader.load(path)


def read_safe(path):
    # ok: yaml-safe-load-ruamel
    return YAML(typ="safe").load(path)


def read_round_trip(path):
    # ok: yaml-safe-load-ruamel
    return ruamel.yaml.YAML().load(path)


def read_pure(path):
    # ok: yaml-safe-load-ruamel
    return Reader(typ="safe", pure=True).load(path)
