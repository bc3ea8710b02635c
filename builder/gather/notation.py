"""Other people's text in the notation of `papers.bib`, and keys for their papers.

Review systems hold plain text, Markdown with formulas, or LaTeX; `papers.bib` holds LaTeX whose
braces match. What cannot be understood is escaped, so that it is printed exactly as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from builder.edition import latex, names
from builder.model.letters import SPELT
from builder.work import file_names

_ENVIRONMENT = (
    r"\\begin\{(?P<environment>(?:math|displaymath|equation|align|gather|multline|eqnarray|flalign)"
    r"\*?)\}(?P<body>.+?)\\end\{(?P=environment)\}"
)
_MATH = re.compile(
    rf"""
    {_ENVIRONMENT}
  | \\\((?P<round>.+?)\\\)
  | \\\[(?P<square>.+?)\\\]
  | \$\$(?P<double>(?:[^$\\]|\\.)+?)\$\$
  | \$(?P<single>(?!\d[\d.,]*(?:\s+[a-zA-Z]{{2,}}|[a-zA-Z]{{2,}}\s+[a-zA-Z]{{2,}}))(?=\S)
      (?:[^$\\]|\\.)*?(?:[^$\\\s]|\\[^\s]))\$(?!\d)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Formulas as Markdown writers delimit them (Pandoc's rule for single dollar signs: no space
inside, no digit behind). “$5 and $10” is money, and so is a number followed by a word, as in
“$5 million or 4$”; `$0.87 \\pm 0.02$` is not.
"""
_LATEX_MATH = re.compile(
    rf"{_ENVIRONMENT}|(?<!\\)(?P<dollars>\$\$?(?:[^$\\]|\\.)+?\$\$?)", re.DOTALL
)
_ITEM = re.compile(
    r"^[ ]{0,12}(?:(?P<bullet>[-*•])|(?P<number>\d{1,2}[.)]))[ ]+(?=\S)", re.MULTILINE
)
"""The beginning of an item of a list in Markdown."""
_MARKDOWN = re.compile(
    r"""
    (?P<literal>\\[\\`*_{}\[\]()#+\-.!|~&%$<>"'@^=:;,/?])
  | `(?P<code>[^`\n]+)`
  | \[(?P<words>[^\[\]\n]{1,300})\]\((?P<url>https?://[^\s()<>"{}\\]+)\)
  | \*\*(?P<strong>[^\s*](?:[^*\n]{0,500}?[^\s*])?)\*\*
  | (?<!\w)\*(?P<emph>[^\s*](?:[^*\n]{0,500}?[^\s*])?)\*(?!\w)
  | (?<![\w_])_(?P<under>[^\s_](?:[^_\n]{0,500}?[^\s_])?)_(?![\w_])
  | \\(?P<command>emph|textit|textbf|texttt|textsc|underline)\{(?P<inner>[^{}]*)\}
    """,
    re.VERBOSE,
)
_STYLES = {"strong": "textbf", "emph": "emph", "under": "emph"}
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "how",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "the",
        "their",
        "to",
        "toward",
        "towards",
        "via",
        "we",
        "what",
        "when",
        "where",
        "which",
        "why",
        "with",
        "without",
        "using",
        "your",
        "our",
    ]
)


def cleaned(text: str) -> str:
    """`text` in NFC without control characters and broken halves of characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (char for char in text if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def one_line(text: str) -> str:
    """`text` on one line."""
    return " ".join(cleaned(text).split())


def paragraphs(text: str) -> str:
    """`text` with one blank line between paragraphs and no other line ends."""
    parts = re.split(r"\n\s*\n", cleaned(text))
    return "\n\n".join(words for part in parts if (words := " ".join(part.split())))


def balanced(text: str) -> bool:
    """Whether braces match as BibTeX counts them: whatever stands before them."""
    depth = 0
    for char in re.findall(r"[{}]", text):
        depth += 1 if char == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def from_markdown(text: str) -> str:
    """Text as review systems show it (Markdown with TeX formulas) as LaTeX."""
    text = paragraphs(_items_apart(cleaned(text)))
    done = []
    at = 0
    for match in _MATH.finditer(text):
        formula = _mathematics(match)
        if formula is None:
            continue
        done.append(_styled(text[at : match.start()]))
        done.append(formula)
        at = match.end()
    done.append(_styled(text[at:]))
    return "".join(done)


def _mathematics(match: re.Match[str]) -> str | None:
    """A match of `_MATH` or `_LATEX_MATH` as LaTeX, or `None` if it is no formula after all."""
    environment = match["environment"]
    parts = match.groupdict().items()
    body = next(part for name, part in parts if part is not None and name != "environment")
    body = body.strip("$").strip()
    formula = _formula(body) if body and "\n\n" not in body else None
    if formula is None:
        return None
    if environment:
        return f"\\begin{{{environment}}}{formula}\\end{{{environment}}}"
    return f"${formula}$"


def _items_apart(text: str) -> str:
    """`text` with each item of its lists in a paragraph of its own, as `itemize` is printed.

    An abstract is paragraphs everywhere it goes to; joined lines would read “We show: - a; - b”.
    """
    if "\n" not in text:  # a line alone, perhaps a title, is no list
        return text
    formulas = [match.span() for match in _MATH.finditer(text)]

    def apart(match: re.Match[str]) -> str:
        at = match.start()
        if any(begin < at < end for begin, end in formulas):  # a minus sign
            return match[0]
        return "\n\n" + (f"{match['number']} " if match["number"] else "• ")

    return _ITEM.sub(apart, text)


def _formula(body: str) -> str | None:
    """A formula that BibTeX can hold, or `None` if it is none."""
    body = re.sub(
        r"\\\\|\\[{}]", lambda m: {r"\{": r"\lbrace ", r"\}": r"\rbrace "}.get(m[0], m[0]), body
    )
    body = re.sub(r"(?<!\\)%", r"\\%", " ".join(body.split()))
    return body if balanced(body) and "$" not in body.replace(r"\$", "") else None


def _styled(text: str) -> str:
    done = []
    at = 0
    for match in _MARKDOWN.finditer(text):
        done.append(_escaped(text[at : match.start()]))
        at = match.end()
        kind = match.lastgroup
        if match["literal"]:
            done.append(_escaped(match["literal"][1:]))
        elif match["code"]:
            done.append(rf"\texttt{{{_escaped(match['code'])}}}")
        elif match["words"]:
            url = re.sub(r"([%#&_])", r"\\\1", match["url"])
            done.append(rf"\href{{{url}}}{{{_escaped(match['words'])}}}")
        elif match["command"]:
            done.append(rf"\{match['command']}{{{_escaped(match['inner'])}}}")
        elif kind in _STYLES:
            done.append(rf"\{_STYLES[kind]}{{{_styled(match[kind])}}}")
    done.append(_escaped(text[at:]))
    return "".join(done)


def _escaped(text: str) -> str:
    # Paragraph boundaries are ours; `escape` would make spaces of them.
    return "\n\n".join(latex.escape(part) for part in text.split("\n\n"))


def from_plain(text: str) -> str:
    """Plain text as LaTeX, paragraphs kept."""
    return _escaped(paragraphs(text))


def from_latex(text: str) -> str:
    """Text that is LaTeX already, made fit for BibTeX; if that cannot be, it is escaped."""
    text = paragraphs(text)
    if not re.search(r"[\\{}$&%#]", text):
        return text
    done = []
    at = 0
    for match in _LATEX_MATH.finditer(text):
        done.append(_mended(text[at : match.start()]))
        done.append(_mathematics(match) or match[0])
        at = match.end()
    done.append(_mended(text[at:]))
    made = "".join(done)
    return made if balanced(made) else _escaped(text)


def _mended(part: str) -> str:
    """LaTeX outside formulas with its bare signs escaped."""
    kept = re.sub(r"(?<!\\)([%&#])", r"\\\1", part)
    kept = re.sub(r"(?<!\\)\\\{", r"\\textbraceleft{}", kept)
    return re.sub(r"(?<!\\)\\\}", r"\\textbraceright{}", kept)


def person(given: str, family: str, suffix: str = "") -> str:
    """A name in parts as BibTeX writes it; parts may hold LaTeX, which is kept."""
    given, family, suffix = (_part(part) for part in (given, family, suffix))
    if not (given and family):
        return _whole(given or family)
    if re.search(r",|\sand\s", family) or family.lower() == "others":
        family = f"{{{family}}}"
    if re.search(r",|\sand\s", given):
        given = f"{{{given}}}"
    return ", ".join(part for part in (family, suffix, given) if part)


def spoken(full: str) -> str:
    """A name as read aloud, in BibTeX's notation, divided only where BibTeX's rules divide it."""
    full = _part(full)
    if match := re.fullmatch(r"(.+?),?\s+((?:Jr|Sr)\.?|I{2,3}|IV)", full):
        before, suffix = match.groups()
        words = before.split()
        if len(words) > 1 and "," not in before:
            return f"{words[-1]}, {suffix}, {' '.join(words[:-1])}"
    return full if full.count(",") == 1 and " and " not in f" {full} ".lower() else _whole(full)


def _part(text: str) -> str:
    text = one_line(text).strip(" ,;")
    return from_latex(text) if "\\" in text and balanced(text) else latex.escape(text)


def _whole(name: str) -> str:
    """A name that must not be divided, where dividing it would hurt."""
    divided = "," in name or " and " in f" {name} ".lower() or name.lower() == "others"
    return f"{{{name}}}" if divided else name


def printed(name: str) -> str:
    """The name as printed, which is its key in `authors.yaml`."""
    return names.parse(name).full


def ascii_word(text: str) -> str:
    """The lower-case ASCII letters and digits of `text`; empty where it has none."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(SPELT))
    return re.sub(r"[^a-z0-9]", "", folded.encode("ascii", "ignore").decode())


def readable_key(family: str, year: str, title: str) -> str:
    """A key such as `hu25label`: family name, two digits of the year, first significant word."""
    words = [ascii_word(word) for word in re.split(r"[\s\-–—/:]+", title)]
    word = next((word for word in words if len(word) > 1 and word not in _STOP), "")
    return f"{ascii_word(family) or 'paper'}{year[-2:]}{word}"[:40]


def safe_key(text: str) -> str:
    """A system's id as a key: what BibTeX, file names and addresses all accept."""
    return next(iter(file_names([one_line(text)]).values()))


def unique_key(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or with a letter `b`, `c`, … where another paper has that key in any case."""
    used = {key.lower() for key in taken}
    number = 1
    key = wanted
    while key.lower() in used:
        number += 1
        letters, rest = "", number
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("a") + letter) + letters
        key = wanted + letters
    return key


def slug(text: str, default: str = "") -> str:
    """`text` as an id: lower-case ASCII letters, digits and hyphens."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(SPELT))
    words = re.findall(r"[a-z0-9]+", folded.encode("ascii", "ignore").decode())
    return "-".join(words)[:60].strip("-") or default


def wrapped(value: str, first: int = 0, width: int = 96, indent: str = "    ") -> str:
    """A long field value on several lines; BibTeX reads line ends as spaces.

    `first` is how many characters stand before the value on its first line.
    """
    parts: list[str] = []
    for part in value.split("\n\n"):
        lines = [""]
        room = width - (0 if parts else first - len(indent))
        for word in part.split(" "):
            if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
                lines.append(word)
                room = width
            else:
                lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
        parts.append(f"\n{indent}".join(lines))
    return f"\n\n{indent}".join(parts)
