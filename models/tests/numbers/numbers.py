import hashlib
import uuid
from decimal import Decimal

# ok: numbers
sink(int(source()))
# ok: numbers
sink(float(source()))
# ok: numbers
sink(len(source()))
# ok: numbers
sink(Decimal(source()))
# ok: numbers
sink(uuid.UUID(source()))
# ok: numbers
sink(hashlib.sha256(source()).hexdigest())
# ok: numbers
sink(source().startswith("x"))
# ruleid: numbers
sink(str(source()))
# ruleid: numbers
sink(source().strip())
# ruleid: numbers
sink(max(source(), "a"))
