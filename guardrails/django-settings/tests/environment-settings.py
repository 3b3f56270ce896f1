import os

import environ

env = environ.Env()

# ruleid: django-settings-secret-key
SECRET_KEY = env("SECRET_KEY", default="django-insecure-4r$8nq")

# ruleid: django-settings-debug
DEBUG: bool = True

# ok: django-settings-debug
DEBUG = env.bool("DEBUG", default=False)

# ok: django-settings-hosts
ALLOWED_HOSTS = ["shop.example", ".shop.example"]

# ruleid: django-settings-hosts
ALLOWED_HOSTS.append("*")

# ok: django-settings-hosts
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")

# ok: django-settings-secret-key
SECRET_KEY = env("SECRET_KEY")


class Local:
    # ok: django-settings-debug
    DEBUG = True
