class OldSettings:
    # ruleid: password-hashing-django
    PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]


class OlderSettings:
    # ruleid: password-hashing-django
    PASSWORD_HASHERS = ("django.contrib.auth.hashers.UnsaltedSHA1PasswordHasher",)


class Settings:
    # ok: password-hashing-django
    PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]


class TupleSettings:
    # ok: password-hashing-django
    PASSWORD_HASHERS = ("django.contrib.auth.hashers.ScryptPasswordHasher",)


class OwnSettings:
    # ok: password-hashing-django
    PASSWORD_HASHERS = ["accounts.hashers.PepperedArgon2PasswordHasher"]
