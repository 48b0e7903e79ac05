"""For developers: what books use most of our fonts, as data that needs neither HarfBuzz nor the font; and the serif.

`make fonts` writes `templates/fonts/`, one file a face, as `exporters/typeset/ready_fonts.py` reads them. HarfBuzz
shapes each character before each other one; those whose glyphs or advances depend on more are left out, and so are
those that a face lacks. The serif is cut from Literata's two variable fonts, for one size of text and the weights that
books have. Run it after another version of a font came into the lock.
"""

from __future__ import annotations

import io
import json
import os
import struct
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise, product
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "templates" / "fonts"
LATIN = (  # first and last of each range
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x218, 0x21B), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9)),
    *((0x2010, 0x2027), (0x202F, 0x203A), (0x2070, 0x208E), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122)),
    *((0x2150, 0x215E), (0x2190, 0x2199), (0x2212, 0x2212), (0x221A, 0x221A), (0x221E, 0x221E), (0x2248, 0x2248)),
    *((0x2260, 0x2260), (0x2264, 0x2265), (0x25A0, 0x25A1), (0x25B2, 0x25CF), (0x2605, 0x2606), (0x2713, 0x2717)),
)
EMOJI = (
    "⌚⏰⏱⏳☁☕☑☺♟♻⚒⚓⚔⚖⚙⚛⚠⚡⚽✂✅✈✉✊✋✌✍✏✨❌❓❗❤➕➖➡⬆⬇⭐🌀🌈🌊🌍🌎🌏🌐🌙🌟🌱🌲🌳🌴🌸🌻🍀🍎🍕🎁🎉🎓🎙🎚🎛🎞🎟🎤🎥🎧🎨🎬🎭🎮🎯🎲🎵🎶🎸🎹🏁🏃🏅🏆🏋"
    "🏗🏛🏠🏡🏢🏥🏦🏫🏭🐍🐘🐙🐛🐞🐧🐳👀👇👉👋👍👏👑👤👥👨👩👷👾💊💎💚💛💡💥💪💬💭💯💰💳💸💻💼💾💿📁📂📃📄📅📆📈📉📊📋📌📍📎📏📐📑📓📔📕📖📗📘📙📚📜📝📞📡📢📣📦📧📨📩📬📰📱📷"
    "📸📹📺📽🔁🔄🔋🔌🔍🔎🔐🔑🔒🔓🔔🔖🔗🔘🔙🔟🔢🔥🔧🔨🔩🔬🔭🔮🔰🔴🔵🔶🔷🕐🕒🕓🕵🕸🖊🖌🖍🖐🖥🖨🖱🖼🗂🗃🗄🗑🗒🗓🗝🗣🗺😀😃😄😅😉😊😍😎🙂🙌🙏🚀🚦🚧🚨🚩🚪🚫🚲🛑🛒🛠🛡🛣🛰🟠🟡🟢🟣🟥🟦🟧"
    "🟨🟩🟪🤓🤔🤖🤗🤝🥇🥈🥉🥊🦀🦄🦎🦾🧐🧑🧠🧩🧪🧬🧭🧮🧰🧱🧲🧹🧼🧾🪄🪙🪛🪜"
)

SIGNS = "◆◇■□▪▫▲△▶▷►▸▼▽◀◁●○◉◦★☆☐☒✓✔✕✖✗✘⚑⚐☰⬅➜➤░▒▓█─│├└┬⸻"


def main() -> None:
    """Write the files, or with `--check` say which are not what the fonts give."""
    os.environ["ROADPRESS_SYSTEM_FONTS"] = "0"
    FOLDER.mkdir(exist_ok=True)
    stale = []
    for makes in (serif, made):  # what is made ready of the serif is read from its files here
        for name, data in makes().items():
            path = FOLDER / name
            if "--check" not in sys.argv:
                path.write_bytes(data)
            elif not path.exists() or path.read_bytes() != data:
                stale.append(path.name)
    if stale:
        raise SystemExit(f"Run `make fonts`: {', '.join(stale)} would change.")


def made() -> dict[str, bytes]:
    """Return what was made ready, by the names of its files."""
    from roadpress.exporters.typeset import written_in
    from roadpress.exporters.typeset.fonts import STYLES, emoji, faces_asked, primary

    latin = [chr(code) for first, last in LATIN for code in range(first, last + 1)]
    wanted: dict[str, tuple[list[Any], set[str]]] = {}
    for style in STYLES:
        face = primary(style)
        wanted.setdefault(face.name, ([], set(latin)))[0].append(face)
    with written_in("en", "serif"):
        for style in STYLES:
            face = primary(style)
            if face.name.startswith("Literata") and (style == "figures" or face.name not in wanted):
                wanted.setdefault(face.name, ([], set(latin)))[0].append(face)
    for style, sign in product(STYLES, (*EMOJI, *SIGNS)):
        for asked in faces_asked(sign, style):
            if asked.path.suffix != ".ttf":  # Chinese, Japanese and Korean, which are no part of most installations
                break
            wanted.setdefault(asked.name, ([asked], set()))[1].add(sign)
            if asked.font.get_nominal_glyph(ord(sign)):
                break
    for style in STYLES:  # a picture where U+FE0F asks for one, whatever other face has the sign
        if pictures := emoji(style):
            wanted[pictures.name][1].update(EMOJI)
    return {f"{name}.ready": ready(settings, sorted(chars)) for name, (settings, chars) in wanted.items()}


CYRILLIC = ((0x400, 0x45F), (0x490, 0x491))
SERIF = {  # file, weight
    "Literata-Regular": ("Literata[opsz,wght].ttf", 400),
    "Literata-SemiBold": ("Literata[opsz,wght].ttf", 600),
    "Literata-Italic": ("Literata-Italic[opsz,wght].ttf", 400),
    "Literata-SemiBoldItalic": ("Literata-Italic[opsz,wght].ttf", 600),
}
FEATURES = ("kern", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl")


def serif() -> dict[str, bytes]:
    """Return the files of the serif, by their names."""
    import fontpkg_literata
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    options = subset.Options()
    options.layout_features, options.hinting, options.notdef_outline = list(FEATURES), False, True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    codes = [code for first, last in (*LATIN, *CYRILLIC) for code in range(first, last + 1)]
    result: dict[str, bytes] = {}
    for name, (file, weight) in SERIF.items():
        font = TTFont(Path(fontpkg_literata.__file__).parent / "files" / file, recalcTimestamp=False)
        font = instancer.instantiateVariableFont(font, {"opsz": 12, "wght": weight})
        cut = subset.Subsetter(options)
        cut.populate(unicodes=codes)
        cut.subset(font)
        data = io.BytesIO()
        font.save(data)
        result[f"{name}.ttf"] = data.getvalue()
    return result


def ready(settings: Sequence[Any], chars: Sequence[str]) -> bytes:
    """Return the file of a face, given it in all its settings, the usual one first."""
    face = settings[0]
    kerning = [kerned(setting, chars) for setting in settings]
    outlines = Outlines(face, {0, *(glyph for found in kerning for glyph in found.glyphs)})
    covered = bounds(set(face.font.face.unicodes))
    head = {
        "size": face.path.stat().st_size,
        "vertical": face.measured(),
        "tables": outlines.tables,
        "covered": len(covered),
        "settings": [found.shape for found in kerning],
        "glyphs": len(outlines.glyphs),
    }
    ends = list(accumulate(map(len, outlines.records)))
    arrays = [packed("I", covered), *(found.arrays for found in kerning)]
    arrays += [packed("H", outlines.glyphs), packed("I", ends), *outlines.records]
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + b"".join(arrays)


def packed(kind: str, numbers: Sequence[int]) -> bytes:
    """Return numbers as an array in little-endian order."""
    return struct.pack(f"<{len(numbers)}{kind}", *numbers)


def bounds(codes: set[int]) -> list[int]:
    """Return where runs of character codes begin and where they have ended, in order."""
    return sorted(
        {code for code in codes if code - 1 not in codes} | {code + 1 for code in codes if code + 1 not in codes}
    )


class Kerned(NamedTuple):
    """The characters of a face in one setting."""

    shape: tuple[int, int, int]
    """How many characters, rows and columns there are."""
    glyphs: list[int]
    arrays: bytes


def kerned(face: Any, chars: Sequence[str]) -> Kerned:
    """Return the arrays of the characters that a face sets by pairs alone, and how many there are.

    Kerns stand in rows and columns, one for all characters that are kerned alike.
    """
    alone = {char: shaped(face, char) for char in chars if face.font.get_nominal_glyph(ord(char))}
    usual = {char: found[0] for char, found in alone.items() if len(found) == 1 and not any(found[0][2:])}
    kerns: dict[tuple[str, str], int] = {}
    odd: list[tuple[str, str]] = []
    for char in usual:
        text = char.join(["", *usual, ""])
        found = shaped(face, text)
        if len(found) != len(text):
            odd.append((char, char))
            continue
        for (first, second), (glyph, advance, *moved) in zip(pairwise(text), found, strict=False):
            kern = advance - usual[first][1]
            if glyph != usual[first][0] or any(moved) or kerns.setdefault((first, second), kern) != kern:
                odd.append((first, second))
    while odd:
        (worst, _), *_ = Counter(char for pair in odd for char in pair).most_common(1)
        del usual[worst]
        odd = [pair for pair in odd if worst not in pair]
    free = list(usual)
    rows = {tuple(kerns[first, second] for second in free): first for first in reversed(free)}
    columns = {tuple(kerns[first, second] for first in free): second for second in reversed(free)}
    left = [list(rows).index(tuple(kerns[first, second] for second in free)) for first in free]
    right = [list(columns).index(tuple(kerns[first, second] for first in free)) for second in free]
    table = [kerns[first, second] for first in rows.values() for second in columns.values()]
    arrays = [packed("I", list(map(ord, free)))]
    arrays += [packed("H", [usual[char][place] for char in free]) for place in (0, 1)]
    arrays += [packed("B", left), packed("B", right), packed("h", table)]
    shape = (len(free), len(rows), len(columns))
    return Kerned(shape, [glyph for glyph, *_ in usual.values()], b"".join(arrays))


def shaped(face: Any, text: str) -> list[tuple[int, int, int, int]]:
    """Return glyph, advance and offsets of each glyph of a text."""
    from roadpress.exporters.typeset.ascii_fast_path import LATIN, TABULAR

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script = "ltr", "Latn"
    uharfbuzz.shape(face.font, buffer, TABULAR if face.tabular else LATIN)
    places = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.codepoint, place.x_advance, place.x_offset, place.y_offset) for info, place in places]


class Outlines:
    """The outlines of glyphs, and of what composite ones are made of, as HarfBuzz puts them into a subset."""

    def __init__(self, face: Any, wanted: set[int]) -> None:
        from roadpress.exporters.pdfwriter.embedding import subset

        font = uharfbuzz.Face(subset(face, wanted))
        table = {tag: bytes(font.reference_table(tag).data) for tag in font.table_tags}
        long = int.from_bytes(table["head"][50:52], "big")
        loca = struct.unpack(f">{len(table['loca']) // (4 if long else 2)}{'I' if long else 'H'}", table["loca"])
        places = loca if long else [2 * place for place in loca]
        entries = [table["glyf"][start:end] for start, end in pairwise(places)]
        self.tables = {tag: table[tag].hex() for tag in ("head", "hhea", "maxp")}
        self.glyphs = [glyph for glyph, entry in enumerate(entries) if entry or glyph in wanted]
        own = int.from_bytes(table["hhea"][34:36], "big")  # the glyphs after these have the last one's advance
        rest = table["hmtx"][4 * own :]
        last = table["hmtx"][4 * own - 4 : 4 * own - 2]
        metrics = table["hmtx"][: 4 * own] + b"".join(last + rest[at : at + 2] for at in range(0, len(rest), 2))
        self.records = [metrics[4 * glyph : 4 * glyph + 4] + entries[glyph] for glyph in self.glyphs]


if __name__ == "__main__":
    main()
