import hashlib
import hashlib as h
from hashlib import md5
from hashlib import sha1 as fingerprint


def signature(content):
    # ruleid: weak-hash
    return hashlib.md5(content).hexdigest()


def release_digest(path):
    # ruleid: weak-hash
    digest = h.sha1()
    digest.update(path.read_bytes())
    return digest.hexdigest()


def imported(content):
    # ruleid: weak-hash
    return md5(content).hexdigest()


def renamed(content):
    # ruleid: weak-hash
    return fingerprint(content).hexdigest()


def by_name(content):
    # ruleid: weak-hash
    return hashlib.new("MD5", content).hexdigest()


def strong(content):
    # ok: weak-hash
    return hashlib.sha256(content).hexdigest()


def cache_key(url):
    # ok: weak-hash
    return md5(url.encode(), usedforsecurity=False).hexdigest()


def strong_by_name(content):
    # ok: weak-hash
    return h.new("sha512", content).hexdigest()


def other_object(archive):
    # ok: weak-hash
    return archive.md5()


def password_elsewhere(password):
    # ok: weak-hash
    return hashlib.sha1(password.encode()).hexdigest()
