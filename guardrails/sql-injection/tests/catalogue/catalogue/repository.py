class BookRepository:
    def __init__(self, connection):
        self.connection = connection

    def with_title(self, title):
        cursor = self.connection.cursor()
        # ruleid: sql-injection
        cursor.execute(f"SELECT id, title FROM books WHERE title LIKE '%{title}%'")
        return cursor.fetchall()

    def by_author(self, author):
        cursor = self.connection.cursor()
        # ok: sql-injection
        cursor.execute("SELECT id, title FROM books WHERE author = %s", (author,))
        return cursor.fetchall()

    def sorted(self, column, limit):
        cursor = self.connection.cursor()
        # ok: sql-injection
        cursor.execute(f"SELECT id, title FROM books ORDER BY {column} LIMIT {limit}")
        return cursor.fetchall()
