"""A column type whose values never show in a log.

SQLAlchemy logs the parameters of a statement with ``repr``, after the column type has prepared them for the driver
(``echo=True``, the ``sqlalchemy.engine`` logger, and the text of every database error), and with ``echo="debug"`` the
rows that come back. So the type hands over, both ways, a ``str`` whose ``repr`` says nothing: the driver stores the
real value, because to it a subclass of ``str`` is a ``str``, and the log shows ``'***'``.

Two ways around the type remain. A parameter of ``text()`` has no type; name it:
``text("... = :token").bindparams(bindparam("token", type_=MaskedString()))``. And when another column's type refuses a
value, the error comes before this type has seen its own, so its text shows all of them as they were given; an engine
made with ``hide_parameters=True`` leaves parameters out of errors and of the log altogether.
"""

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

MASK = "'***'"


class Masked(str):
    """A string that can be used, compared and sent like any other but does not show itself in ``repr``.

    ``str()`` and f-strings still give the real text: a cookie or a mail needs it.
    """

    __slots__ = ()

    def __repr__(self):
        return MASK


class MaskedString(TypeDecorator):
    """``String`` for secrets: use it for every column that holds a token, a password hash or a key."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return None if value is None else Masked(value)

    def process_result_value(self, value, dialect):
        return None if value is None else Masked(value)
