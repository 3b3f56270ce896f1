import yaml
import yaml as y
from yaml import CSafeLoader, Loader, SafeLoader
from yaml import load as read_yaml


def catalogue(upload):
    # ruleid: yaml-safe-load
    return yaml.safe_load(upload.read())


def catalogue_with_loader(upload):
    # ruleid: yaml-safe-load
    return yaml.safe_load(upload.stream)


def catalogue_positional(text):
    # ruleid: yaml-safe-load
    return y.safe_load(text)


def catalogue_unsafe(text):
    # ruleid: yaml-safe-load
    return y.safe_load(text)


def documents(text):
    # ruleid: yaml-safe-load
    return list(yaml.safe_load_all(text))


def imported(text):
    # ruleid: yaml-safe-load
    return read_yaml(text, Loader=Loader)


def safe(text):
    # ok: yaml-safe-load
    return yaml.safe_load(text)


def safe_loader(text):
    # ok: yaml-safe-load
    return y.load(text, Loader=yaml.SafeLoader)


def safe_positional(text):
    # ok: yaml-safe-load
    return yaml.load(text, SafeLoader)


def safe_and_fast(text):
    # ok: yaml-safe-load
    return read_yaml(text, Loader=CSafeLoader)


def ruamel_reader(text, ruamel_yaml):
    yaml = ruamel_yaml.YAML()
    # ok: yaml-safe-load
    return yaml.load(text)


def own_loader(text, loader):
    # ok: yaml-safe-load
    return yaml.load(text, Loader=loader)


def written(data):
    # ok: yaml-safe-load
    return yaml.dump(data)
