from pathlib import Path

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse
from starlette.responses import FileResponse as StoredFile

app = FastAPI()
FOLDER = Path("/srv/invoices")


@app.get("/download")
def download(name: str):
    # ruleid: path-traversal
    return FileResponse(FOLDER / name)


@app.get("/media/{name:path}")
async def media(name: str):
    # ruleid: path-traversal
    return StoredFile(f"/srv/media/{name}")


@app.get("/invoices/{number}")
def invoice(number: int):
    # ok: path-traversal
    return FileResponse(FOLDER / f"{number}.pdf")


@app.get("/months/{month}")
def month(month: str):
    # ok: path-traversal
    return FileResponse(FOLDER / f"{month}.pdf")


@app.get("/checked")
def checked(name: str):
    path = (FOLDER / name).resolve()
    if not path.is_relative_to(FOLDER):
        raise HTTPException(404)
    # ok: path-traversal
    return FileResponse(path)


@app.get("/stored")
def stored(name: str):
    record = find_invoice(name)
    # ok: path-traversal
    return StoredFile(record.path)
