import flask_cors
from flask import Flask
from flask_cors import CORS, cross_origin
from flask_cors import CORS as Cors

app = Flask(__name__)

# ruleid: cors-credentials-flask
CORS(app, supports_credentials=True)

# ruleid: cors-credentials-flask
flask_cors.CORS(app, origins="*", supports_credentials=True)

# ruleid: cors-credentials-flask
Cors(app, supports_credentials=True, origins=["*"])

# ok: cors-credentials-flask
CORS(app)

# ok: cors-credentials-flask
Cors(app, origins=["https://shop.example"], supports_credentials=True)


@app.get("/prices")
# ok: cors-credentials-flask
@cross_origin(origins="*")
def prices():
    return {}
