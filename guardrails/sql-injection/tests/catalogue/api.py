import psycopg2
from fastapi import FastAPI

from catalogue.repository import BookRepository
from catalogue.sorting import column_for

app = FastAPI()


def connect():
    return psycopg2.connect("dbname=shop")


@app.get("/books")
async def find(title: str, author: str | None = None):
    books = BookRepository(connect())
    if author is not None:
        return books.by_author(author)
    return books.with_title(title.strip())


@app.get("/books/sorted")
async def listing(by: str = "title", limit: int = 20):
    return BookRepository(connect()).sorted(column_for(by), limit)
