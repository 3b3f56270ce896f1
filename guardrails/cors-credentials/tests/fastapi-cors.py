from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware as Cors

app = FastAPI()
EVERYBODY = ["*"]

# ruleid: cors-credentials
app.add_middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_credentials=True,
    allow_methods=["*"],
)

# ruleid: cors-credentials
app.add_middleware(Cors, allow_credentials=True, allow_origin_regex=".*")

# ruleid: cors-credentials
app.add_middleware(Cors, allow_credentials=True, allow_origins=EVERYBODY)

middleware = [
    # ruleid: cors-credentials
    Middleware(Cors, allow_origins=["https://shop.example", "*"], allow_credentials=True),
]

# ok: cors-credentials
app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example"], allow_credentials=True)

# ok: cors-credentials
app.add_middleware(Cors, allow_origins=["*"], allow_methods=["GET"])

# ok: cors-credentials
app.add_middleware(Cors, allow_origin_regex=r"https://.*\.shop\.example", allow_credentials=True)

# ok: cors-credentials
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=False)
