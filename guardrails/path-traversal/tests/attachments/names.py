import os


def bare_name(name):
    return os.path.basename(name)
