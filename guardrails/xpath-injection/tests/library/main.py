from fastapi import APIRouter

import shelf
from labels import checked_label

router = APIRouter(prefix="/books")


@router.get("/by/{author}")
async def by(author: str):
    return shelf.books_by(author)


@router.get("/isbn/{isbn}")
async def isbn(isbn: str):
    return [found.get("title") for found in shelf.book(isbn)]


@router.get("/nth")
async def nth(position: int):
    return shelf.nth(position)


@router.get("/tagged")
async def tagged(label: str):
    return shelf.tagged(checked_label(label))
