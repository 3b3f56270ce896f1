import os
from os import environ, getenv

# ruleid: environment-input
sink(os.environ["NAME"])
# ruleid: environment-input
sink(environ.get("NAME"))
# ruleid: environment-input
sink(getenv("NAME", ""))
# ok: environment-input
sink(os.name)
