import shlex
from shlex import quote

# ok: shell-quotes
sink("ls -- " + shlex.quote(source()))
# ok: shell-quotes
sink(f"ls -- {quote(source())}")
# ok: shell-quotes
sink(shlex.join(["ls", source()]))
# ruleid: shell-quotes
sink(shlex.split(source()))
# ruleid: shell-quotes
sink(f"ls '{source()}'")
