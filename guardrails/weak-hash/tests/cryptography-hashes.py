from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hashes as digests
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP


def sign(key, data, padding):
    # ruleid: weak-hash-cryptography
    return key.sign(data, padding, hashes.SHA1())


def digest(data):
    # ruleid: weak-hash-cryptography
    state = digests.Hash(digests.MD5())
    state.update(data)
    return state.finalize()


def sign_imported(builder, key):
    # ruleid: weak-hash-cryptography
    return builder.sign(key, SHA1())


def sign_well(key, data, padding):
    # ok: weak-hash-cryptography
    return key.sign(data, padding, hashes.SHA256())


def one_time_code(key, time):
    # ok: weak-hash-cryptography
    return TOTP(key, 6, SHA1(), 30).generate(time)


def digest_well(data):
    # ok: weak-hash-cryptography
    return digests.Hash(digests.BLAKE2b(64))
