"""Swift sources with the text of comments and strings blanked out, so that what is left can be searched for code."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent


def files(*folders):
    """Every Swift file below the folders of the package."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.swift"))


def name(path):
    """The path as a message gives it."""
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def masked(text):
    """The text with each character of a comment or a string literal replaced by a space; line ends and quotes stay.

    What is interpolated into a string is masked with it: a check may miss code there, never invent some.
    """
    out = list(text)
    at = 0
    while at < len(text):
        end = _end_of_literal(text, at)
        if end is None:
            at += 1
            continue
        quoted = text[at] in '"#'
        for index in range(at, end):
            if text[index] != "\n" and not (quoted and index in (at, end - 1)):
                out[index] = " "
        at = end
    return "".join(out)


_string_start = re.compile(r'(#*)("""|")')


def _end_of_literal(text, at):
    if text.startswith("//", at):
        end = text.find("\n", at)
        return len(text) if end < 0 else end
    if text.startswith("/*", at):
        return _end_of_block_comment(text, at)
    match = _string_start.match(text, at)
    return _end_of_string(text, match) if match else None


def _end_of_block_comment(text, at):
    depth = 0
    for match in re.compile(r"/\*|\*/").finditer(text, at):
        depth += 1 if match[0] == "/*" else -1
        if depth == 0:
            return match.end()
    return len(text)


def _end_of_string(text, start):
    hashes, quote = start.groups()
    escape = "\\" + hashes
    at = start.end()
    while at < len(text):
        if text.startswith(quote + hashes, at):
            return at + len(quote + hashes)
        if text.startswith(escape + "(", at):
            at = _end_of_parentheses(text, at + len(escape))
        elif text.startswith(escape, at):
            at += len(escape) + 1
        else:
            at += 1
    return len(text)


def _end_of_parentheses(text, at):
    depth = 0
    while at < len(text):
        end = _end_of_literal(text, at)
        if end is not None:
            at = end
            continue
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
        if depth == 0:
            return at
    return len(text)


def line(text, index):
    """The number of the line that holds the character, from 1."""
    return text.count("\n", 0, index) + 1
