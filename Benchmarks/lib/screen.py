"""What a terminal would show: the part of xterm that curses uses, as rows of text."""

import re

_SEQUENCE = re.compile(rb"\x1b(?:\[([?>]?)([0-9;]*)([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|\([0-9A-Za-z]|[=>78Mc])")


class Screen:
    """Bytes in, rows of text out; colours are passed over."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.lines = [[" "] * columns for _ in range(rows)]
        self.x = self.y = 0
        self.top, self.bottom = 0, rows - 1
        self.rest = b""

    def text(self):
        return "\n".join("".join(line).rstrip() for line in self.lines)

    def take(self, data):
        data = self.rest + data
        place = 0
        while place < len(data):
            byte = data[place]
            if byte == 0x1B:
                match = _SEQUENCE.match(data, place)
                if match is None:
                    if len(data) - place > 256:
                        place += 1
                        continue
                    break
                if match.group(3):
                    self._sequence(match.group(1), match.group(2), match.group(3))
                elif match.group(0) == b"\x1bM":
                    self._reverse_feed()
                place = match.end()
            elif byte < 0x20:
                self._control(byte)
                place += 1
            else:
                length = 1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                if place + length > len(data):
                    break
                self._print(data[place:place + length].decode(errors="replace"))
                place += length
        self.rest = data[place:]

    def _print(self, character):
        if self.x >= self.columns:
            self.x = 0
            self._feed()
        self.lines[self.y][self.x] = character
        self.x += 1

    def _control(self, byte):
        if byte == 0x08:
            self.x = max(0, min(self.x, self.columns - 1) - 1)
        elif byte == 0x09:
            self.x = min(self.columns - 1, (self.x // 8 + 1) * 8)
        elif byte == 0x0A:
            self._feed()
        elif byte == 0x0D:
            self.x = 0

    def _feed(self):
        if self.y == self.bottom:
            self._scroll(1)
        elif self.y < self.rows - 1:
            self.y += 1

    def _reverse_feed(self):
        if self.y == self.top:
            self._scroll(-1)
        elif self.y > 0:
            self.y -= 1

    def _scroll(self, count, top=None):
        top = self.top if top is None else top
        for _ in range(min(abs(count), self.bottom - top + 1)):
            blank = [" "] * self.columns
            if count > 0:
                del self.lines[top]
                self.lines.insert(self.bottom, blank)
            else:
                del self.lines[self.bottom]
                self.lines.insert(top, blank)

    def _sequence(self, mark, numbers, final):
        if mark:
            return
        values = [int(number) if number else 0 for number in numbers.split(b";")] or [0]
        first = max(1, values[0])
        line = self.lines[self.y]
        column = min(self.x, self.columns - 1)
        if final == b"H":
            self.y = min(first, self.rows) - 1
            self.x = min(max(1, values[1]) if len(values) > 1 else 1, self.columns) - 1
        elif final == b"A":
            self.y = max(0, self.y - first)
        elif final == b"B":
            self.y = min(self.rows - 1, self.y + first)
        elif final == b"C":
            self.x = min(self.columns - 1, self.x + first)
        elif final == b"D":
            self.x = max(0, column - first)
        elif final == b"G":
            self.x = min(first, self.columns) - 1
        elif final == b"d":
            self.y = min(first, self.rows) - 1
        elif final in (b"K", b"J"):
            start = 0 if values[0] else column
            end = column + 1 if values[0] == 1 else self.columns
            line[start:end] = [" "] * (end - start)
            if final == b"J":
                others = range(self.y + 1, self.rows) if values[0] == 0 else range(self.rows)
                for row in others:
                    if values[0] != 1 or row < self.y:
                        self.lines[row] = [" "] * self.columns
        elif final == b"X":
            end = min(self.columns, column + first)
            line[column:end] = [" "] * (end - column)
        elif final == b"P":
            del line[column:column + first]
            line.extend([" "] * (self.columns - len(line)))
        elif final == b"@":
            line[column:column] = [" "] * first
            del line[self.columns:]
        elif final in (b"L", b"M"):
            self._scroll(first if final == b"M" else -first, top=self.y)
        elif final in (b"S", b"T"):
            self._scroll(first if final == b"S" else -first)
        elif final == b"r":
            self.top = first - 1
            self.bottom = (values[1] if len(values) > 1 and values[1] else self.rows) - 1
            self.x = self.y = 0
        elif final == b"b":
            for _ in range(first):
                self._print(line[self.x - 1])
