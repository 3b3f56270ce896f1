import sys

import engine

if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(engine.total(sys.argv[1:]))
    else:
        typed = input("> ")
        print(engine.compute(typed), engine.value(typed))
