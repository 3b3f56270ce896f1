import flask as web
from flask_wtf import FlaskForm
from flask_wtf import FlaskForm as Form

app = web.Flask(__name__)
# ruleid: csrf-protection-flask
app.config["WTF_CSRF_ENABLED"] = False
# ruleid: csrf-protection-flask
app.config.update(WTF_CSRF_CHECK_DEFAULT=False)


class Config:
    # ruleid: csrf-protection-flask
    WTF_CSRF_ENABLED = False


class TestingConfig:
    # ok: csrf-protection-flask
    WTF_CSRF_ENABLED = False


class Production:
    # ok: csrf-protection-flask
    WTF_CSRF_ENABLED = True


def make_test_app():
    # ok: csrf-protection-flask
    app.config["WTF_CSRF_ENABLED"] = False
    return app


# ok: csrf-protection-flask
app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)


class AddressForm(FlaskForm):
    class Meta:
        # ruleid: csrf-protection-form
        csrf = False


class PasswordForm(Form):
    title = "Change password"

    class Meta:
        locales = ("de",)
        # ruleid: csrf-protection-form
        csrf = False


class SearchForm(Form):
    class Meta:
        # ok: csrf-protection-form
        csrf = False


class OrderForm(FlaskForm):
    class Meta:
        # ok: csrf-protection-form
        csrf = True


class Settings:
    # ok: csrf-protection-form
    csrf = False
