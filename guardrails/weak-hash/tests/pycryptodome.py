from Crypto.Hash import MD4, SHA1, SHA256
from Crypto.Hash import MD5 as Fingerprint
from Cryptodome.Hash import BLAKE2b


def fingerprint(data):
    # ruleid: weak-hash-pycryptodome
    return Fingerprint.new(data).hexdigest()


def digest(parts):
    # ruleid: weak-hash-pycryptodome
    state = SHA1.new()
    for part in parts:
        state.update(part)
    return state.digest()


def old_digest(data):
    # ruleid: weak-hash-pycryptodome
    return MD4.new(data)


def digest_well(data):
    # ok: weak-hash-pycryptodome
    return SHA256.new(data).hexdigest()


def fast_digest(data):
    # ok: weak-hash-pycryptodome
    return BLAKE2b.new(data=data, digest_bits=256).hexdigest()


def other(MD5Checker, data):
    # ok: weak-hash-pycryptodome
    return MD5Checker.new(data)
