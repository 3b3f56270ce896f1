from fastapi import FastAPI, UploadFile

from reading import read_catalogue, read_invoice, read_legacy_invoice, read_partner_invoice, read_quickly

app = FastAPI()


@app.post("/invoices")
async def upload(file: UploadFile):
    return {"number": read_invoice(await file.read()).findtext("number")}


@app.post("/invoices/legacy")
async def upload_legacy(file: UploadFile):
    return {"number": read_legacy_invoice(await file.read()).findtext("number")}


@app.post("/invoices/partner")
async def upload_of_partner(file: UploadFile):
    return {"number": read_partner_invoice(await file.read()).findtext("number")}


@app.post("/invoices/preview")
async def preview(file: UploadFile):
    return {"root": read_quickly(await file.read()).tag}


@app.get("/catalogue")
async def catalogue(page: int):
    return {"items": len(read_catalogue(page))}
