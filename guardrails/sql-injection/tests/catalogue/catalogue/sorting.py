"""What a visitor may sort by, and the column that it means."""

COLUMNS = {"title": "title", "price": "price_cents", "new": "added_at"}


def column_for(wish):
    return COLUMNS.get(wish, "title")
