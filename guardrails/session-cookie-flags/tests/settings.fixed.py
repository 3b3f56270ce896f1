import flask as web

app = web.Flask(__name__)
# ruleid: session-cookie-flags-setting
app.config["SESSION_COOKIE_SECURE"] = True
# ruleid: session-cookie-flags-setting
app.config.update(SESSION_COOKIE_NAME="shop", SESSION_COOKIE_HTTPONLY=True)
# ruleid: session-cookie-flags-setting
SESSION_COOKIE_HTTPONLY = True

# ok: session-cookie-flags-setting
app.config.update(SESSION_COOKIE_SECURE=True, REMEMBER_COOKIE_SECURE=True)
# ok: session-cookie-flags-setting
app.config["SESSION_REFRESH_EACH_REQUEST"] = False


class Production:
    # ruleid: session-cookie-flags-setting
    REMEMBER_COOKIE_SECURE = True


class LocalDevelopment:
    # ok: session-cookie-flags-setting
    SESSION_COOKIE_SECURE = False
