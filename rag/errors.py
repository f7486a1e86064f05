"""What can go wrong, as a person meets it. Each message says what to do next.

OnTheRecordError            anything below
├── ParseError              a source that is no interview, or can't be read
│   └── NoTurns             a text in which nobody can be told apart
├── FetchError              an address that can't be fetched, or may not be
├── LibraryError            a library that can't be used as it is
│   ├── LibraryDamaged      the database is not what was written
│   ├── LibraryTooNew       made by a newer version
│   └── ModelMismatch       its vectors come from another embedding model
├── UnknownInterview        no interview with that id
├── ModelError              a model's files are missing or are not the tested ones
└── QuestionError           a question that can't be put: empty, or far too long
"""


class OnTheRecordError(Exception):
    """A user's mistake or a machine's state; its message is one line that says what to do."""


class ParseError(OnTheRecordError):
    """A source that is no interview, or can't be read."""


class NoTurns(ParseError):
    """A text in which nobody can be told apart; it may be the words of one person."""


class FetchError(OnTheRecordError):
    """An address that can't be fetched, or may not be."""


class LibraryError(OnTheRecordError):
    """A library that can't be used as it is."""


class LibraryDamaged(LibraryError):
    """The database is not what was written."""


class LibraryTooNew(LibraryError):
    """The library was made by a newer version."""


class ModelMismatch(LibraryError):
    """The library's vectors come from another embedding model."""


class UnknownInterview(OnTheRecordError):
    """No interview with that id."""


class ModelError(OnTheRecordError):
    """A model's files are missing, or are not the tested ones."""


class QuestionError(OnTheRecordError):
    """A question that can't be put: empty, or far too long."""
