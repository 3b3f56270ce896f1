import os
from os import environ as env

# ruleid: django-settings-debug
DEBUG = True

# ruleid: django-settings-hosts
ALLOWED_HOSTS = ["*"]

# ruleid: django-settings-hosts
ALLOWED_HOSTS += ["shop.example", "*"]

# ruleid: django-settings-secret-key
SECRET_KEY = "django-insecure-4r$8nq"

# ok: django-settings-debug
TEMPLATE_DEBUG = True

# ok: django-settings-secret-key
SECRET_KEY = env["DJANGO_SECRET_KEY"]

# ok: django-settings-secret-key
LANGUAGE_CODE = "en"

if os.environ.get("DJANGO_LOCAL"):
    # ok: django-settings-debug
    DEBUG = True
    # ok: django-settings-hosts
    ALLOWED_HOSTS = ["*"]
    # ok: django-settings-secret-key
    SECRET_KEY = "only on this machine"
