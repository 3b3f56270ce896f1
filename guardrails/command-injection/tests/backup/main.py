import argparse

from tar import pack, unpack


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    parser.add_argument("--restore", action="store_true")
    options = parser.parse_args()
    if options.restore:
        unpack(options.path)
    else:
        pack(options.path)
