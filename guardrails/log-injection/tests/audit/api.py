from fastapi import APIRouter, Form, HTTPException

import audit
from audit import paid, renamed
from users import find

router = APIRouter()


@router.post("/login")
async def login(account: str = Form(...), password: str = Form(...)):
    user = find(account)
    if user is None or not user.has_password(password):
        audit.refused(account, "the internet")
        raise HTTPException(403)


@router.post("/rename")
async def rename(old: str, new: str):
    renamed(old, new)


@router.get("/search")
async def search(term: str):
    audit.searched(term)


@router.post("/pay")
async def pay(amount: float):
    paid(amount)
