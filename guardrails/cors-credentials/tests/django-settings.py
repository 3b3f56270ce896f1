import os
from os import environ as env

# ruleid: cors-credentials-django
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = True
# ruleid: cors-credentials-django
CORS_ORIGIN_ALLOW_ALL = True
# ok: cors-credentials-django
CORS_ALLOWED_ORIGINS = ["https://shop.example"]
# ok: cors-credentials-django
CORS_URLS_REGEX = env.get("CORS_URLS", "^/api/")

if os.environ.get("DJANGO_LOCAL"):
    # ok: cors-credentials-django
    CORS_ALLOW_ALL_ORIGINS = True
