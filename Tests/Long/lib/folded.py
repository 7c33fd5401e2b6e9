"""Blobs of a state in which long texts are numbers of terms, spelled out: two states give the same
texts other numbers. See Storage's Blob, RowBody, RiskBody and FoldedTexts."""

FOLDED = 2
GROUP = 0xF0
NULL, TEXT, WHOLE, REAL, MANY, TERM, TOLD = range(7)


class Reader:
    def __init__(self, blob, terms):
        self.blob, self.place, self.terms = blob, 1, terms

    def byte(self):
        self.place += 1
        return self.blob[self.place - 1]

    def number(self):
        result = shift = 0
        while True:
            byte = self.byte()
            result |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return result

    def bytes(self):
        count = self.number()
        self.place += count
        return self.blob[self.place - count:self.place]

    def value(self):
        tag = self.byte()
        if tag == TEXT:
            return self.bytes()
        if tag == WHOLE:
            return self.number()
        if tag == REAL:
            self.place += 8
            return (self.blob[self.place - 8:self.place],)
        if tag == MANY:
            return [self.value() for _ in range(self.number())]
        if tag == TERM:
            return self.terms[self.number()].encode()
        return tag

    def rest(self):
        return self.blob[self.place:]


def row(shape, body, terms):
    """Key, values and marks of a row."""
    if body[0] != FOLDED:
        return repr(body)
    names, reader = Reader(shape, terms), Reader(body, terms)
    key = reader.number() or reader.bytes()
    values = [reader.value() for _ in range(names.number() - 1)]
    return repr((key, values, reader.rest()))


def risk(frame, body, terms):
    """Message and fields of a risk event that its frame leaves open."""
    if body[0] != FOLDED:
        return repr(body)
    names, reader, own = Reader(frame, terms), Reader(body, terms), 0
    if frame[0] == FOLDED:
        for _ in range(names.number()):
            names.bytes()
            own += names.value() == TOLD
    else:
        own = names.number()
    return repr(([reader.value() for _ in range(1 + own)], reader.rest()))


def group(state, terms):
    """A group's state as the engine gave it."""
    if state[0] != GROUP:
        return repr(state)
    reader, parts = Reader(state, terms), []
    while True:
        parts.append(reader.bytes())
        if not reader.rest():
            return repr(parts)
        parts.append(terms[reader.number()])


def define(database):
    """Makes these functions of a connection, for queries."""
    terms = dict(database.execute("SELECT id, text FROM terms"))
    database.create_function("spelled_row", 2, lambda shape, body: row(shape, body, terms))
    database.create_function("spelled_risk", 2, lambda frame, body: risk(frame, body, terms))
    database.create_function("spelled_group", 1, lambda state: group(state, terms))
