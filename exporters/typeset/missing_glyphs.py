"""What there is to say about text that was set."""

from __future__ import annotations

from collections.abc import Iterable

from ..missing import pip_install
from .shaping import name_of


def missing_notice(chars: Iterable[str]) -> tuple[str, ...]:
    """Return a sentence that names characters no face has, and the remedy; nothing when there are none."""
    missing = list(chars)
    if not missing:
        return ()
    named = ", ".join(name_of(char) for char in missing[:5]) + (" …" if len(missing) > 5 else "")
    count = f"{len(missing)} characters are" if len(missing) > 1 else "1 character is"
    them = "them" if len(missing) > 1 else "it"
    remedy = f"Run `{pip_install('fonts')}`, or install a font that has {them}."
    return (f"{count} in no font and drawn as code: {named}. {remedy}",)
