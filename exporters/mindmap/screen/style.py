"""The style sheet of the drawing: colours by branch, weight and size by depth, light and dark."""

from __future__ import annotations

from ....core import theme
from ...typeset.fonts import CODE_SCALE
from ..nodes.labels import LEVELS, NOTE_SIZE

_FALLBACK = {
    "sans": "'Fira Sans','Noto Sans',system-ui,sans-serif",
    "serif": "Literata,Georgia,'Noto Serif',serif",
}
"""What stands in for the fonts that a map carries."""


def style_sheet(look: str, accent: str = "", *, steps: bool = False) -> str:
    """Return the rules for a theme, or for `auto`, which follows the screen and prints light.

    `steps` says whether the map is a graph of prerequisites.
    """
    base = _base(_FALLBACK[theme.family_of(look)]) + (_STEPS if steps else "")
    if look != "auto":
        return base + _colors(theme.palette(look, accent), steps=steps)
    day, night = (_colors(theme.palette(name, accent), steps=steps) for name in ("light", "dark"))
    return f"{base}{day}@media screen and (prefers-color-scheme:dark){{\n{night}}}\n"


def _base(fallback: str) -> str:
    depths = "".join(
        f".d{depth} text{{font-size:{level.size:g}px"
        + (f";font-weight:{_WEIGHTS[level.style]}" if level.style in _WEIGHTS else "")
        + "}\n"
        for depth, level in enumerate(LEVELS)
    )
    sizes = "".join(f"text.z{size * 10:.0f}{{font-size:{size:g}px}}\n" for size in (LEVELS[3].size, NOTE_SIZE))
    return (
        f"text{{font-family:R,{fallback};font-variant-ligatures:none;white-space:pre;unicode-bidi:plaintext;"
        "text-rendering:geometricPrecision}\n"  # as wide at any zoom as it was measured
        f"{depths}{sizes}"
        "text.soft{font-weight:400}\n.middle{text-anchor:middle}\n.end{text-anchor:end}\n"
        ".d3.m text{font-weight:500}\n.r,.f{font-weight:400}\n.m>tspan,tspan.m{font-weight:500}\n"
        "tspan.sb{font-weight:600}\ntspan.b{font-weight:700}\ntspan.i{font-style:italic}\n"
        ".f{font-feature-settings:'tnum'}\n"
        f".c{{font-family:C,'Fira Code',monospace;font-size:{CODE_SCALE}em;font-weight:400}}\n"
        ".strike,.skipped text{text-decoration:line-through}\n"
        ".mark{stroke-width:1}\n.s{fill:none;stroke:currentColor;stroke-linecap:round;stroke-linejoin:round;stroke-width:1.1}\n"
        ".optional{stroke-dasharray:2 1.4}\n.edges path{stroke-width:.8;stroke-linejoin:round}\n"
        ".edges .k1{stroke-width:1.8}\n.edges .k2{stroke-width:1.2}\n"
        ".needs path{fill:none;stroke-width:1.3;stroke-dasharray:5 3.5}\n"
        ".v .box{stroke-width:1.6}\n"
        "a{text-decoration:underline;text-decoration-thickness:.05em;text-underline-offset:.18em}\n"
        "a:hover,a:focus{text-decoration-thickness:.1em}\n"
    )


_WEIGHTS = {"regular": 400, "medium": 500, "semibold": 600}


_STEPS = (
    ".routed.needs path{fill:none;stroke-width:1.2;stroke-dasharray:none}\n"
    ".ready .box{stroke-width:2.2}.waiting .box{stroke-width:.8}\n"
)
"""Steps of a graph: filled when over, thickly outlined while they can be started, thinly while they wait."""


def _colors(colors: theme.Palette, *, steps: bool) -> str:
    ground, ink, muted = colors.ground, colors.ink, colors.muted
    soft = "#39414c" if colors.is_dark else theme.RULE
    rules = [
        f".ground{{fill:{ground}}}.needs{{stroke:{muted}}}.head{{fill:{muted};stroke:none}}",
        f"text{{fill:{ink}}}",
        f".d0 .box{{fill:{ink}}}.d0 text{{fill:{ground}}}.d0 .soft,.d0 text.soft{{fill:{soft}}}",
        f".d0 .track,.d1 .track{{fill:{ground};opacity:.35}}.d0 .bar,.d1 .bar{{fill:{ground}}}",
        f".d3 .soft,.d3 text.soft,.done text,.skipped text{{fill:{muted}}}",
    ]
    for index, (strong, tint) in enumerate(colors.branches):
        name = f".b{index}"
        rules += [
            f"{name} path{{fill:{strong};stroke:{strong}}}",
            f"{name} .mark{{fill:{ground};stroke:{strong};color:{strong}}}",
            f"{name} .done.mark{{fill:{strong};color:{ground}}}",
            f"{name}.d1 .box{{fill:{strong}}}{name}.d1 text{{fill:{ground}}}",
            f"{name}.d1 .soft,{name}.d1 text.soft{{fill:{tint}}}",
            f"{name}.d1 .mark{{fill:{strong};stroke:{ground};color:{ground}}}",
            f"{name}.d1 .done.mark{{fill:{ground};color:{strong}}}",
            f"{name}.d2 .box{{fill:{tint};stroke:{tint}}}{name}.d2 text{{fill:{strong}}}",
            f"{name} .track{{fill:{strong};opacity:.25}}{name} .bar{{fill:{strong}}}",
            f"{name}.v.d1 .box{{fill:{ground}}}{name}.v.d1 text,{name}.v.d1 text .soft{{fill:{strong}}}",
        ]
        if steps:
            step = f".step{name}"
            rules += [
                f"{step} .mark{{fill:{ground};stroke:{strong};color:{strong}}}",
                f"{step}.over .box{{fill:{strong}}}{step}.over text,{step}.over .soft{{fill:{ground}}}",
                f"{step}.over .mark{{fill:{strong};stroke:{ground};color:{ground}}}",
                f"{step}.over .done.mark{{fill:{ground};color:{strong}}}",
                f"{step}.ready .box{{fill:{tint};stroke:{strong}}}{step}.ready text{{fill:{ink}}}",
                f"{step}.ready .soft,{step}.ready text.soft{{fill:{strong}}}",
                f"{step}.waiting .box{{fill:{ground};stroke:{strong}}}{step}.waiting text{{fill:{ink}}}",
                f"{step}.waiting .soft,{step}.waiting text.soft{{fill:{muted}}}",
            ]
    rules += [
        f".d1 .track{{fill:{ground};opacity:.4}}.d1 .bar{{fill:{ground}}}",
    ]
    return "\n".join(rules) + "\n"
